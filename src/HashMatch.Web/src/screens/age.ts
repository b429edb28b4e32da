import { button, chosenRadio, details, form, hint, radios } from '../page/components.ts';
import { headingId, type ScreenMaker } from '../page/page.ts';
import type { AgeAnswer } from '../session/session.ts';

/** Asks the only thing that is asked about the person. */
export const age: ScreenMaker = (page) => {
  const { say, session } = page;
  const answers = radios(
    'age',
    headingId,
    'age-hint',
    [
      { value: 'under-18' satisfies AgeAnswer, text: say('ageYes') },
      { value: 'adult' satisfies AgeAnswer, text: say('ageNo') },
    ],
    session.age,
  );
  const submit = (): void => {
    const answer = chosenRadio(answers);
    if (answer === undefined) {
      page.showError(say('ageError'), answers.querySelector('input') ?? answers);
      return;
    }

    session.age = answer === 'adult' ? 'adult' : 'under-18';
    void page.show('photos');
  };

  return {
    heading: say('ageHeading'),
    back: 'start',
    content: [
      form(
        submit,
        hint(say('ageHint'), 'age-hint'),
        answers,
        details(say('ageWhy'), say('ageWhyText')),
        button(say('continue')),
      ),
    ],
  };
};
