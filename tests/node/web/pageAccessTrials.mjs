// Every screen in every language, for people who see it otherwise, or hear it: axe-core, names, narrow and enlarged.
import { AxeBuilder } from "@axe-core/playwright";
import { screens } from "./pageScreens.mjs";
import { visit } from "./pageVisit.mjs";

const PHONE = { width: 360, height: 740 };

// What a screen is laid out for. Zooming a window of 1280 pixels to 200 % leaves 640, and to 400 % leaves 320.
const sizes = [
  { name: "320 pixels", viewport: { width: 320, height: 640 } },
  { name: "1280 pixels at 200 %", viewport: { width: 640, height: 400 } },
  { name: "1280 pixels with text of twice the size", viewport: { width: 1280, height: 800 }, text: "200%" },
  { name: "360 pixels with text of one and a half times the size", viewport: PHONE, text: "150%" },
];

// Colours are settled for each of them anew.
const colours = [
  { colorScheme: "light", forcedColors: "none" },
  { colorScheme: "dark", forcedColors: "none" },
  { colorScheme: "light", forcedColors: "active" },
];

// What moved on its own: not within half a second of what the person did.
function watchShifts() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      // A line less beside a bar that is gone is no movement that anyone would see.
      if (!hadRecentInput && value >= 0.005) {
        const moved = sources.map(({ node }) => node?.outerHTML?.slice(0, 60) ?? "").join(", ");
        globalThis.shifts.push(`${value.toFixed(3)} of ${moved}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

// What does not fit: a page that is wider than the screen, text beyond its edges, or cut off by what holds it.
function misfits(text) {
  const root = document.documentElement;
  root.style.fontSize = text ?? "";
  const found = root.scrollWidth > root.clientWidth ? ["the page is too wide"] : [];
  const isUnseen = (one) => one.closest(".hidden, .skip") !== null;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const isOut = [...range.getClientRects()].some(({ left, right }) => left < -0.5 || right > root.clientWidth + 0.5);
    if (isOut && !isUnseen(node.parentElement)) {
      found.push(`beyond the edge: ${node.textContent.slice(0, 40)}`);
    }
  }

  for (const one of document.body.querySelectorAll("*")) {
    const { overflowX, overflowY } = getComputedStyle(one);
    const isCut =
      (overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1) ||
      (overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1);
    if (isCut && !isUnseen(one)) {
      found.push(`cut off: ${one.outerHTML.slice(0, 60)}`);
    }
  }

  root.style.fontSize = "";
  return found;
}

// How many things a screen asks: groups of answers, fields, choices of files, ticks.
const questions = () =>
  document.querySelectorAll("main fieldset, main input:not([type=radio])").length + document.querySelectorAll("h1").length;

const moving = () =>
  [...document.querySelectorAll("*")].filter((one) => {
    const { transitionDuration, animationName } = getComputedStyle(one);
    return transitionDuration.split(", ").some((time) => parseFloat(time) > 0) || animationName !== "none";
  }).length;

// What a screen reader is told: what can be reached has a name, and no two buttons have the same.
async function namesOf(person) {
  const session = await person.context.newCDPSession(person.page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const said = nodes
    .filter(({ ignored, role }) => !ignored && role?.value !== "RootWebArea")
    .map(({ name, role, properties = [] }) => ({
      name: name?.value ?? "",
      role: role.value,
      isReached: properties.some((one) => one.name === "focusable" && one.value.value),
    }));
  const isByItself = ({ role }) => role === "main" || role === "alert";
  const nameless = said.filter((one) => one.isReached && one.name === "" && !isByItself(one)).map(({ role }) => role);
  const buttons = said.filter(({ role }) => role === "button").map(({ name }) => name);
  const twice = buttons.filter((name, i) => buttons.indexOf(name) !== i);
  return [...nameless.map((role) => `${role} without a name`), ...twice.map((name) => `two buttons "${name}"`)];
}

async function axe({ page }, name, rules) {
  const found = await rules(new AxeBuilder({ page })).analyze();
  return found.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0].html.slice(0, 120)}`);
}

const inColours = (builder) => builder.withRules(["color-contrast", "link-in-text-block"]);

// Fingers need room, too: an axe rule that has to be asked for.
const everything = (builder) => builder.options({ rules: { "target-size": { enabled: true } } });

/** Tries every screen in one language. */
export async function tryAccess({ browser, service, pictures, check }, locale) {
  const person = await visit(browser, service.origin, locale);
  const { context } = person;
  await context.addInitScript(watchShifts);
  const [violations, colourless, misfitting, names, asking, shifts] = [[], [], [], [], [], []];
  let moved = 0;
  try {
    for (const [name, reach] of Object.entries(screens)) {
      const { page } = person;
      const note = (list, found) => list.push(...found.map((text) => `${name}: ${text}`));
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await person.open();
      await reach(person, pictures);
      violations.push(...(await axe(person, name, everything)));
      note(shifts, await page.evaluate(() => globalThis.shifts));
      note(names, await namesOf(person));
      note(asking, (await page.evaluate(questions)) > 2 ? ["more than one question"] : []);
      for (const { name: size, viewport, text } of sizes) {
        await page.setViewportSize(viewport);
        note(misfitting, (await page.evaluate(misfits, text)).map((what) => `at ${size} ${what}`));
      }

      await page.setViewportSize(PHONE);
      if (locale === "en") {
        await page.emulateMedia({ reducedMotion: "reduce" });
        moved += await page.evaluate(moving);
        for (const look of colours.slice(1)) {
          await page.emulateMedia(look);
          colourless.push(...(await axe(person, `${name}, ${JSON.stringify(look)}`, inColours)));
        }

        await page.emulateMedia({ ...colours[0], reducedMotion: "no-preference" });
      }
    }

    const count = Object.keys(screens).length;
    check(`${locale}: axe-core finds nothing on ${count} screens`, violations, []);
    check(`${locale}: nothing is cut, and nothing is wider than the screen, narrow or enlarged`, misfitting, []);
    check(`${locale}: nothing moves on its own`, shifts, []);
    check(`${locale}: all that can be reached has a name, and buttons their own`, names, []);
    check(`${locale}: a screen asks one thing`, asking, []);
    if (locale === "en") {
      check("axe-core finds nothing in the dark, nor in forced colours", colourless, []);
      check("nothing is animated for those who do not want it", moved, 0);
    }
  } finally {
    await person.close();
  }
}
