import { button, chosenRadio, form, hint, radios } from '../page/components.ts';
import { headingId, type Page, type ScreenMaker } from '../page/page.ts';
import type { HelpLibrary } from '../help/helpLibrary.ts';
import { withHelp } from './helpContent.ts';
import { home } from './home.ts';

/** Asks for the country whose contacts are to be shown. The answer is not sent. */
export const country: ScreenMaker = (page) => ({
  heading: page.say('countryHeading'),
  back: home(page.session),
  content: [withHelp(page, (help) => countryContent(page, help))],
});

function countryContent(page: Page, help: HelpLibrary): HTMLElement[] {
  const { say, session, voice } = page;
  const named = help.countries
    .map((code) => ({ value: code, text: voice.country(code) }))
    .sort((one, other) => one.text.localeCompare(other.text, page.language));
  const answers = radios(
    'country',
    headingId,
    'country-hint',
    [...named, { value: '', text: say('countryOther') }],
    session.country,
  );
  const submit = (): void => {
    const answer = chosenRadio(answers);
    if (answer === undefined) {
      page.showError(say('countryError'), answers.querySelector('input') ?? answers);
      return;
    }

    session.country = answer;
    void page.show('contacts');
  };
  return [form(submit, hint(say('countryHint'), 'country-hint'), answers, button(say('continue')))];
}
