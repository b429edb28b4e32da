// Every screen in every language, for people who see it otherwise or use no mouse: axe-core, narrow and enlarged.
import { AxeBuilder } from "@axe-core/playwright";
import { join } from "node:path";
import { screens } from "./pageScreens.mjs";
import { visit } from "./pageVisit.mjs";

// What moved on its own, and what is wider than its screen.
function watchShifts() {
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      globalThis.shifted += entry.hadRecentInput ? 0 : entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

/** Tries every screen in one language. */
export async function tryAccess({ browser, service, pictures, check }, locale) {
  const person = await visit(browser, service.origin, locale);
  await person.context.addInitScript(watchShifts);
  const [violations, wide] = [[], []];
  let shift = 0;
  try {
    for (const [name, reach] of Object.entries(screens)) {
      await person.page.unrouteAll({ behavior: "ignoreErrors" });
      await person.open();
      await reach(person, pictures);
      const found = await new AxeBuilder({ page: person.page }).analyze();
      violations.push(...found.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0].html.slice(0, 120)}`));
      shift = Math.max(shift, await person.page.evaluate(() => globalThis.shifted));
      // 640 pixels at 200 % are 320.
      await person.page.setViewportSize({ width: 320, height: 640 });
      if ((await person.page.evaluate(overflow)) > 0) {
        wide.push(name);
      }

      await person.page.setViewportSize({ width: 360, height: 740 });
    }

    check(`${locale}: axe-core finds nothing on ${Object.keys(screens).length} screens`, violations, []);
    check(`${locale}: nothing is wider than 320 pixels`, wide, []);
    check(`${locale}: nothing moves on its own (${shift.toFixed(3)})`, shift < 0.01, true);
  } finally {
    await person.close();
  }
}

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

const looks = [
  { name: "phone", locale: "en", viewport: { width: 360, height: 740 } },
  { name: "desktop", locale: "en", viewport: { width: 1280, height: 800 } },
  { name: "dark", locale: "en", viewport: { width: 360, height: 740 }, colorScheme: "dark", some: true },
  { name: "contrast", locale: "en", viewport: { width: 360, height: 740 }, forcedColors: "active", some: true },
  { name: "arabic", locale: "ar", viewport: { width: 360, height: 740 }, some: true },
];

const some = ["start", "photos-chosen", "review", "receipt", "case"];

/** Takes a picture of every screen, on a phone and on a desktop; and of some in other looks. */
export async function takeScreenshots({ browser, service, pictures }, folder) {
  for (const { name: look, locale, some: isShort, ...options } of looks) {
    const person = await visit(browser, service.origin, locale, { reducedMotion: "reduce", ...options });
    try {
      for (const name of isShort ? some : Object.keys(screens)) {
        await person.page.unrouteAll({ behavior: "ignoreErrors" });
        await person.open();
        await screens[name](person, pictures);
        await person.page.screenshot({ path: join(folder, `${name}-${look}.png`), animations: "disabled" });
      }
    } finally {
      await person.close();
    }
  }
}
