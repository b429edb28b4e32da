// The whole way with the keyboard alone.
import { visit } from "./pageVisit.mjs";

/** Walks to the receipt with the keyboard alone. */
export async function tryKeyboard({ browser, service, pictures, check }) {
  const person = await visit(browser, service.origin, "en");
  const { page } = person;
  const tabTo = async (name) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus");
      const label = await focused.evaluate(
        (one) => one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent,
      );
      if (label === name) {
        return;
      }
    }

    throw new Error(`The keyboard does not reach "${name}".`);
  };
  try {
    await tabTo(person.say("startButton"));
    await page.keyboard.press("Enter");
    await person.at("ageHeading");
    await tabTo(person.say("ageYes"));
    await page.keyboard.press("ArrowDown");
    await tabTo(person.say("continue"));
    await page.keyboard.press("Enter");
    await person.at("photosHeading");
    await tabTo(person.say("photosChoose"));
    const choosing = page.waitForEvent("filechooser");
    await page.keyboard.press("Space");
    await (await choosing).setFiles([pictures.jpeg]);
    await person.chosen(1);
    await tabTo(person.say("continue"));
    await page.keyboard.press("Enter");
    await person.at("reviewHeading");
    await tabTo(person.say("send"));
    await page.keyboard.press("Space");
    await person.at("receiptHeading");
    await tabTo(person.say("receiptSaved"));
    await page.keyboard.press("Space");
    await tabTo(person.say("finish"));
    await page.keyboard.press("Enter");
    await person.at("doneHeading");
    check("keyboard: the whole way can be gone without a mouse", true, true);
  } finally {
    await person.close();
  }
}
