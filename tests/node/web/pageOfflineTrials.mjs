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
    await page.route("**/Register", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await person.press("tryAgain");
    await page.waitForFunction(() => document.querySelector("main button.button") !== null);
    await person.at("lostHeading");
    await page.unroute("**/Register");
    await person.press("tryAgain");
    await person.at("receiptHeading");
    check("offline: the key stays the same", (await page.locator(".key").first().textContent()).trim(), kept);
    const bodies = person.calls.map(({ body }) => body.toString("hex"));
    check("offline: each try sends the same", [...new Set(bodies)], shown);
    await person.finish();
    await person.press("seeCase");
    await person.reads("casePictures", { count: 4 });
    check("offline: two tries make one case", service.check([pictures.png]), [1]);
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
  await page.getByRole("button", { name: "Deutsch" }).click();
  await page.locator('html[lang="de"]').waitFor();
  const heading = await page.locator("h1").textContent();
  check("offline: another language can be chosen", heading === person.say("contactsHeading"), false);
  await page.getByRole("button", { name: "English" }).click();
  await person.at("contactsHeading");
  await page.locator(".back").click();
  await person.at("countryHeading");
  await page.locator(".back").click();
  await person.at("startHeading");
}
