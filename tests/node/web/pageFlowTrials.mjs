// The whole way through the page and back with the key; what left the browser meanwhile, and what stayed in it.
import { visit } from "./pageVisit.mjs";

const SIZES = [1024, 4096, 16384];

const kept = async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  cookies: document.cookie,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
});

const nothing = { local: 0, session: 0, databases: 0, caches: 0, cookies: "", workers: 0 };

// Features that only other browsers know are said to be unknown.
const expected = /^Error with Permissions-Policy header: Unrecognized feature|Unrecognized .* directive 'webrtc'/;

async function history({ context, page }) {
  const session = await context.newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  await session.detach();
  return entries.map(({ url }) => url);
}

/** Walks the flow in one language. */
export async function tryFlow({ browser, service, pictures, check }, locale) {
  const person = await visit(browser, service.origin, locale);
  try {
    const { page } = person;
    const document = await page.evaluate(() => [globalThis.document.documentElement.lang, globalThis.document.dir]);
    check(`${locale}: the browser's language`, document, [locale, locale === "ar" ? "rtl" : "ltr"]);
    await person.prefetched();
    await person.toPhotos();
    const large = locale === "en" ? [pictures.twelve, pictures.fortyEight] : [];
    const good = [pictures.jpeg, pictures.png, pictures.webp, pictures.heic, pictures.turned, ...large];
    const states = await person.choose([...good, pictures.cut, pictures.flat]);
    const refused = (key) => `${person.say("photoRefused")}. ${person.say(key)}`;
    check(`${locale}: each picture is hashed or refused with words`, states, [
      ...good.map(() => person.say("photoReady")),
      refused("refusedDamaged"),
      refused("refusedTooLittleDetail"),
    ]);

    const shown = await person.toReview();
    check(`${locale}: nothing was sent before "send"`, person.calls.length, 0);
    const key = await person.send();
    await person.reads("receiptRegistered", { count: good.length });
    await person.finish();
    await person.press("seeCase");
    await person.reads("casePictures", { count: good.length });
    const sent = person.calls.filter(({ url }) => /\/(Register|Add)$/.test(url));
    check(`${locale}: what was sent is what was shown`, sent.map(({ body }) => body.toString("hex")), shown);
    check(`${locale}: nothing is kept in the browser`, await page.evaluate(kept), nothing);
    // Playwright opens an empty tab first.
    check(`${locale}: one entry in the history`, await history(person), ["about:blank", `${person.origin}/`]);
    check(`${locale}: no cookie`, await person.context.cookies(), []);
    await page.goBack({ timeout: 2000 }).catch(() => null);
    check(`${locale}: the way back leads to no form`, await page.locator("form, input, pre, .key").count(), 0);
    const seen = [pictures.jpeg, pictures.webp, pictures.upright, pictures.cropped];
    const found = await service.check([...seen, pictures.later]);
    check(`${locale}: a platform finds the pictures, and one cut to its middle`, found, [1, 1, 1, 1, 0]);
    const edited = await service.check([pictures.cropped, pictures.mirrored, pictures.laterCropped], "wide");
    check(`${locale}: by all views of an upload it finds one cut to its middle and mirrored too`, edited, [1, 1, 0]);
    check(`${locale}: by one hash it does not find that`, await service.check([pictures.mirrored]), [0]);
    await tryCase(person, { service, pictures, check, locale, key, count: good.length });
    tryRequests(person, check, locale);
    check(`${locale}: the browser had nothing to complain of`, person.complaints.filter((text) => !expected.test(text)), []);
  } finally {
    await person.close();
  }
}

/** Sends more pictures than one message holds. */
export async function tryMany({ browser, service, pictures, check }) {
  const person = await visit(browser, service.origin, "de");
  const count = pictures.many.length;
  try {
    await person.toPhotos();
    const states = await person.choose(pictures.many);
    check("many: all are hashed", [...new Set(states)], [person.say("photoReady")]);
    const shown = await person.toReview();
    check("many: they make two messages", shown.length, 2);
    await person.send();
    await person.reads("receiptRegistered", { count });
    check("many: what was sent is what was shown", person.calls.map(({ body }) => body.toString("hex")), shown);
    await person.finish();
    await person.press("seeCase");
    await person.reads("casePictures", { count });
    check("many: a picture of the second message is found", await service.check([pictures.many.at(-1)]), [1]);
  } finally {
    await person.close();
  }
}

async function tryCase(person, { service, pictures, check, locale, key, count }) {
  await person.page.close();
  person.page = await person.context.newPage();
  await person.open();
  await person.openCase(key);
  await person.reads("casePictures", { count });
  await person.press("caseAdd");
  await person.at("photosHeading");
  await person.choose([pictures.later]);
  const before = person.calls.length;
  await person.toReview();
  const shown = await person.chooseViews("viewsPlain");
  await person.press("send");
  await person.at("addedHeading");
  const added = person.calls.slice(before).map(({ body }) => body.toString("hex"));
  check(`${locale}: what was added is what was shown`, added, shown);
  await person.press("seeCase");
  await person.reads("casePictures", { count: count + 1 });
  const plain = await service.check([pictures.later, pictures.laterCropped]);
  check(`${locale}: a platform finds the added picture, of which less was sent, but no part of it`, plain, [1, 0]);

  await person.press("caseWithdrawWhich", { number: 1 });
  await person.at("withdrawOneHeading", { number: 1 });
  await person.press("withdrawYes");
  await person.at("withdrawnHeading");
  const one = await service.check([pictures.jpeg, pictures.cropped, pictures.webp]);
  check(`${locale}: a withdrawn picture is found no more, nor a part of it; another is`, one, [0, 0, 1]);
  await person.press("seeCase");
  await person.press("caseWithdrawAll");
  await person.at("withdrawAllHeading");
  await person.press("withdrawAllYes");
  await person.at("withdrawnHeading");
  const all = await service.check([pictures.jpeg, pictures.webp, pictures.upright, pictures.later]);
  check(`${locale}: nor any of a withdrawn case`, all, [0, 0, 0, 0]);
  await person.press("seeCase");
  await person.reads("caseWithdrawn");
  check(`${locale}: still nothing is kept`, await person.page.evaluate(kept), nothing);
}

function tryRequests({ requests, calls, log, origin }, check, locale) {
  const strangers = [...requests.map(({ url }) => url), ...log].filter((url) => new URL(url).origin !== origin);
  check(`${locale}: no request to another origin`, strangers, []);
  check(`${locale}: the browser's log has every call`, log.filter((url) => /Service\//.test(url)).length, calls.length);
  const sizes = calls.map(({ body }) => body.length).filter((length) => !SIZES.includes(length));
  check(`${locale}: each of the ${calls.length} calls has 1, 4 or 16 KiB`, [calls.length > 6, sizes], [true, []]);
  const said = requests.flatMap(({ headers }) => Object.keys(headers));
  const telling = ["cookie", "authorization", "referer", "if-none-match", "if-modified-since"];
  check(`${locale}: no cookie, credential or referrer`, telling.filter((name) => said.includes(name)), []);
  const bodies = requests.filter(({ method, body }) => method !== "POST" && body?.length > 0);
  check(`${locale}: nothing else carries a body`, bodies.length, 0);
}
