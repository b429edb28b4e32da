import { button, details, form, hint } from '../page/components.ts';
import { element } from '../page/element.ts';
import { headingId, type ScreenMaker } from '../page/page.ts';
import { CaseKey as Key } from '../service/caseKey.ts';

/** Asks for the key of a case that exists. */
export const caseKey: ScreenMaker = (page) => {
  const { say, session } = page;
  const field = element('input', {
    type: 'text',
    id: 'case-key',
    class: 'key-field',
    dir: 'ltr',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    'aria-labelledby': headingId,
    'aria-describedby': 'key-hint',
  });
  field.value = session.typedKey;
  field.addEventListener('input', () => {
    session.typedKey = field.value;
  });
  const submit = (): void => {
    const key = Key.parse(field.value);
    if (key === undefined) {
      page.showError(say(field.value.trim() === '' ? 'keyErrorEmpty' : 'keyErrorWrong'), field);
      return;
    }

    session.key = key;
    void page.show('case');
  };

  return {
    heading: say('keyHeading'),
    back: 'start',
    content: [
      form(
        submit,
        hint(say('keyHint'), 'key-hint'),
        field,
        details(say('keyLost'), say('keyLostText')),
        button(say('continue')),
      ),
    ],
  };
};
