import { button, form, linkButton, paragraph, statusLine, subheading, warningText } from '../page/components.ts';
import { download } from '../page/download.ts';
import { element } from '../page/element.ts';
import type { Page, ScreenMaker } from '../page/page.ts';
import { languages } from '../text/languages.ts';
import { fileChoice, shortName } from './fileChoice.ts';
import { home } from './home.ts';

const inputId = 'evidence-files';

/** Packs screenshots for the police on this device. */
export const evidence: ScreenMaker = (page) => {
  const { say, session } = page;
  const list = element('ul', { class: 'files' });
  const heading = subheading(say('photosList'));
  const status = statusLine();
  const choice = fileChoice(inputId, say('evidenceChoose'), say('photosDrop'), (files) => {
    page.clearError();
    session.evidence.push(...files);
    update();
  });
  const remove = (file: File): void => {
    session.evidence = session.evidence.filter((other) => other !== file);
    update();
    document.getElementById(inputId)?.focus();
  };
  const update = (): void => {
    status.textContent = '';
    heading.hidden = session.evidence.length === 0;
    const label = choice.querySelector('label');
    if (label) {
      label.textContent = say(session.evidence.length > 0 ? 'evidenceMore' : 'evidenceChoose');
    }

    list.replaceChildren(
      ...session.evidence.map((file, i) => {
        const name = shortName(file.name);
        return element(
          'li',
          {},
          element(
            'p',
            {},
            element('strong', {}, say('evidenceFile', { number: i + 1 })),
            ' ',
            element('bdi', {}, name),
          ),
          linkButton(
            say('photoRemove'),
            () => {
              remove(file);
            },
            say('evidenceRemoveWhich', { number: i + 1, name }),
          ),
        );
      }),
    );
  };

  const submit = (): void => {
    if (session.evidence.length === 0) {
      page.showError(say('evidenceErrorNone'), document.getElementById(inputId) ?? undefined);
    } else {
      page.clearError();
      void save(page, status);
    }
  };
  update();
  return {
    heading: say('evidenceHeading'),
    back: home(session),
    content: [
      paragraph(say('evidenceLead')),
      warningText(say('warning'), say('evidenceWarning')),
      paragraph(say('evidenceWhat')),
      form(submit, choice, heading, list, button(say('evidenceSave')), status),
    ],
  };
};

async function save(page: Page, status: HTMLElement): Promise<void> {
  const { say, session, voice, language } = page;
  const { evidence: files } = session;
  const made = new Date();
  const name = `files-${made.toISOString().slice(0, 10)}.zip`;
  status.textContent = say('evidenceWorking');
  try {
    const { evidenceKit } = await import('../help/evidenceKit.ts');
    const { direction } = languages[language];
    const kit = await evidenceKit(files, { voice, code: language, direction }, made);
    // The person may have gone on, or left, while it was packed.
    if (status.isConnected) {
      download(kit, name);
      status.textContent = say('evidenceSaved', { name });
    }
  } catch {
    status.textContent = '';
    page.showError(say('evidenceFailed'));
  }
}
