// Pictures of every screen, those of docs/page.
import { join } from "node:path";
import { screens } from "./pageScreens.mjs";
import { visit } from "./pageVisit.mjs";

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
