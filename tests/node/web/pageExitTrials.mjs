// Leaving at once, from every screen: the button, and Shift three times.
import { screens } from "./pageScreens.mjs";
import { visit } from "./pageVisit.mjs";

const LIMIT = 200;
const elsewhere = "https://www.google.com/";

// When the page was told to leave, on the clock that all pages share.
function notePress() {
  const note = (event) => console.debug(`press ${performance.timeOrigin + event.timeStamp}`);
  addEventListener("click", note, { capture: true });
  addEventListener("keydown", note, { capture: true });
}

/** Tries it on every screen, and while a picture is hashed. */
export async function tryExit({ browser, service, pictures, check }) {
  const person = await visit(browser, service.origin, "en");
  const { context } = person;
  let left = 0;
  await context.route(`${elsewhere}**`, (route) => {
    left = Date.now();
    return route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" });
  });
  await context.addInitScript(notePress);
  let pressed = 0;
  context.on("console", (message) => {
    const [word, time] = message.text().split(" ");
    pressed = word === "press" ? Number(time) : pressed;
  });

  const leave = async (way) => {
    const { page } = person;
    [left, pressed] = [0, 0];
    if (way === "button") {
      // No waiting for the button to stand still: a person would not.
      await page.locator(".exit .button").dispatchEvent("click");
    } else {
      await page.evaluate(() => document.activeElement?.blur());
      for (let i = 0; i < 3; i++) {
        await page.keyboard.press("Shift");
      }
    }

    await page.waitForURL(`${elsewhere}**`);
    const took = left - pressed;
    await page.goBack({ timeout: 2000 }).catch(() => null);
    const rest = await page.evaluate(() => document.body?.querySelectorAll("form, .files, pre, .key, h1").length ?? 0);
    return { took, rest };
  };

  try {
    let slowest = 0;
    let rests = 0;
    const tried = [];
    const measure = async (name, way) => {
      const { took, rest } = await leave(way);
      slowest = Math.max(slowest, took);
      rests += rest;
      tried.push(name);
      if (took > LIMIT) {
        console.log(`  ${name}, ${way}: ${took.toFixed(0)} ms`);
      }

      await person.page.close();
      person.page = await context.newPage();
      await person.open();
    };
    await person.open();
    const names = Object.keys(screens);
    for (const [i, name] of names.entries()) {
      await screens[name](person, pictures);
      await measure(name, i % 2 === 0 ? "button" : "shift");
    }

    for (const way of ["button", "shift"]) {
      await person.toPhotos();
      await person.page.setInputFiles("#photo-files", pictures.fortyEight);
      await person.page.locator(".state.working").waitFor();
      await new Promise((resolve) => setTimeout(resolve, 150));
      await measure("while hashing", way);
    }

    console.log(`  the slowest exit took ${slowest.toFixed(0)} ms`);
    check(`exit: from ${tried.length} screens within ${LIMIT} ms`, slowest <= LIMIT, true);
    check("exit: nothing comes back with the back button", rests, 0);
  } finally {
    await person.close();
  }
}
