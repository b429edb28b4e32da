// The page without a connection: everything but sending works, and sending can be tried again.
import { visit } from "./pageVisit.mjs";

/** Tries it. */
export async function tryOffline({ browser, service, pictures, check }) {
  const person = await visit(browser, service.origin, "en");
  try {
    const { page, context, requests } = person;
    await person.prefetched();
    const before = requests.length;
    await context.setOffline(true);
    await tryHelp(person, check);
    await person.toPhotos();
    await tryLanguages(person, check);
    const states = await person.choose([pictures.jpeg, pictures.png, pictures.webp, pictures.turned, pictures.heic]);
    const [ready, missing] = [person.say("photoReady"), person.say("refusedHeicMissing")];
    const expected = [ready, ready, ready, ready, `${person.say("photoRefused")}. ${missing}`];
    check("offline: all but HEIC is hashed", states, expected);
    const shown = await person.toReview();
    await person.press("send");
    await person.at("lostHeading");
    check("offline: nothing left the browser", requests.length, before);
    const kept = (await page.locator(".key").textContent()).trim();
    await context.setOffline(false);

    // The answer is lost, once, and what was sent arrived: the same is sent again, and makes the same case.
    let losing;
    const lost = new Promise((resolve) => (losing = resolve));
    await page.route("**/Register", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
      losing();
    });
    await person.press("tryAgain");
    await lost;
    await page.unroute("**/Register");
    await person.at("lostHeading");
    await person.press("tryAgain");
    await person.at("receiptHeading");
    check("offline: the key stays the same", (await page.locator(".key").first().textContent()).trim(), kept);
    const bodies = person.calls.map(({ body }) => body.toString("hex"));
    check("offline: each try sends the same", [...new Set(bodies)], shown);
    await person.finish();
    await person.press("seeCase");
    await person.reads("casePictures", { count: 4 });
    check("offline: two tries make one case", await service.check([pictures.png]), [1]);
  } finally {
    await person.close();
  }
}

async function tryHelp(person, check) {
  const { page } = person;
  await person.press("startAdvice");
  await person.at("adviceHeading");
  await page.locator("ol.advice li").first().waitFor();
  await person.press("startContacts");
  await person.at("countryHeading");
  const countries = await page.getByRole("radio").count();
  check("offline: advice and countries are there", countries > 3, true);
  await page.getByRole("radio").first().check();
  await person.press("continue");
  await person.at("contactsHeading");
  check("offline: contacts are there", (await page.locator(".card").count()) > 2, true);
  await page.locator(".back").click();
  await person.at("countryHeading");
  await page.locator(".back").click();
  await person.at("startHeading");
}

// In the middle of the way, which is where it goes on.
async function tryLanguages(person, check) {
  const { page } = person;
  const seen = [];
  for (const code of ["ms", "de", "ar", "en"]) {
    await page.locator(`nav [lang=${code}]`).click();
    await page.locator(`html[lang=${code}]`).waitFor();
    seen.push(await page.locator("h1").textContent());
  }

  const isOwn = new Set(seen).size === 4 && seen.at(-1) === person.say("photosHeading");
  check("offline: every language can be chosen in the middle of the way", isOwn, true);
}
