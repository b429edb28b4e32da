// Pictures of every screen, those of docs/page.
import { join } from "node:path";
import { screens } from "./pageScreens.mjs";
import { visit } from "./pageVisit.mjs";

const phone = { viewport: { width: 360, height: 740 }, fullPage: true };

const looks = [
  { name: "phone", locale: "en", ...phone },
  { name: "desktop", locale: "en", viewport: { width: 1280, height: 800 } },
  { name: "dark", locale: "en", ...phone, colorScheme: "dark", some: true },
  { name: "contrast", locale: "en", ...phone, forcedColors: "active", some: true },
  { name: "arabic", locale: "ar", ...phone, some: true },
];

const some = ["start", "photos-chosen", "review", "views", "receipt", "case"];

/** Takes a picture of every screen, on a phone, as long as it is, and on a desktop; and of some in other looks. */
export async function takeScreenshots({ browser, service, pictures }, folder) {
  for (const { name: look, locale, some: isShort, fullPage = false, ...options } of looks) {
    const person = await visit(browser, service.origin, locale, { reducedMotion: "reduce", ...options });
    try {
      for (const name of isShort ? some : Object.keys(screens)) {
        await person.page.unrouteAll({ behavior: "ignoreErrors" });
        await person.open();
        await screens[name](person, pictures);
        const path = join(folder, `${name}-${look}.png`);
        await person.page.screenshot({ path, fullPage, animations: "disabled" });
      }
    } finally {
      await person.close();
    }
  }
}
