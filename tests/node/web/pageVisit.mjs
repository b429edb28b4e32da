// A person's visit to the page: a browser of their own, in their language, which presses what is named in its texts.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { startProxy } from "./pageProxy.mjs";

const texts = await build({
  entryPoints: [fileURLToPath(new URL("../../../src/HashMatch.Web/src/text/languages.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(texts.outputFiles[0].contents).toString("base64");
const { loadVoice } = await import(`data:text/javascript;base64,${source}`);

/** What Chromium is started with: it says nothing on the network of its own. */
export const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// How long nothing may change before a wait is given up, and how often it is looked, in milliseconds. A busy machine may
// take minutes for what goes on meanwhile.
const PATIENCE = 90_000;
const LOOK = 3000;

// A call that a busy machine let lie for too long is tried again as a person would, so many times.
const MOST_RETRIES = 3;

/** Opens the page as a browser that is new to it. @param options what Playwright's contexts take; and `others`. */
export async function visit(browser, origin, locale, { others = [], ...options } = {}) {
  const proxy = await startProxy(origin, others);
  const context = await browser.newContext({
    locale,
    viewport: { width: 360, height: 740 },
    acceptDownloads: true,
    proxy: { server: proxy.address, bypass: "<-loopback>" },
    ...options,
  });
  // A machine may be busy with much else.
  context.setDefaultTimeout(120_000);
  const made = new Visit(context, proxy, origin, await loadVoice(locale));
  made.page = await context.newPage();
  await made.open();
  return made;
}

class Visit {
  complaints = [];
  /** What the browser itself says it asked for. */
  log = [];
  #retries = 0;

  constructor(context, proxy, origin, voice) {
    this.context = context;
    this.proxy = proxy;
    this.origin = origin;
    this.voice = voice;
    context.on("request", (request) => this.log.push(request.url()));
    context.on("console", (message) => this.complaints.push(message.text()));
    context.on("weberror", (error) => this.complaints.push(String(error.error())));
  }

  get requests() {
    return this.proxy.requests;
  }

  /** The calls of the service, as they came by. */
  get calls() {
    return this.requests.filter(({ method }) => method === "POST");
  }

  say(key, values) {
    return this.voice.say(key, values);
  }

  async open() {
    await this.page.goto(`${this.origin}/`);
    await this.at("startHeading");
  }

  /** Waits until all is there that is fetched beforehand. */
  async prefetched() {
    const published = Object.keys(await (await fetch(`${this.origin}/integrity.json`)).json());
    const wanted = published.filter((path) => /^\/(assets|help)\//.test(path) && !/\/(libheif|worker)\./.test(path));
    const areLoaded = (paths) => {
      const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
      return paths.every((path) => loaded.includes(path));
    };
    await this.#patiently("all that is fetched beforehand", (options) =>
      this.page.waitForFunction(areLoaded, wanted, options),
    );
    await this.page.waitForLoadState("networkidle");
  }

  /** Waits for a screen, by its heading. */
  async at(key, values) {
    const heading = this.page.getByRole("heading", { level: 1, name: this.say(key, values), exact: true });
    await this.#patiently(key, (options) => heading.waitFor(options));
  }

  async press(key, values) {
    await this.page.getByRole("button", { name: this.say(key, values), exact: true }).click();
  }

  async toPhotos() {
    await this.press("startButton");
    await this.at("ageHeading");
    await this.page.getByLabel(this.say("ageNo"), { exact: true }).check();
    await this.press("continue");
    await this.at("photosHeading");
  }

  /** Chooses files and waits until each is ready or refused. @returns what is said of each */
  async choose(files) {
    await this.page.setInputFiles("#photo-files", files);
    return await this.chosen(files.length);
  }

  async chosen(count) {
    const settled = (expected) => {
      const states = [...document.querySelectorAll("main .state")];
      return states.length >= expected && states.every((state) => /ready|refused/.test(state.className));
    };
    await this.#patiently(`${count} files`, (options) => this.page.waitForFunction(settled, count, options));
    return await this.page.locator("main .state").allTextContents();
  }

  /** The bytes that the review screen shows, message by message. */
  async toReview() {
    await this.press("continue");
    await this.at("reviewHeading");
    return await this.shownBytes();
  }

  /** What the review screen says now; of several messages each has to be opened. */
  async shownBytes() {
    const messages = this.page.locator("details.message");
    for (const message of await messages.all()) {
      await message.locator("summary").click();
      await message.locator("pre.bytes").waitFor();
    }

    const shown = await this.page.locator("pre.bytes").allTextContents();
    return shown.map((text) => text.replaceAll(/\s/g, ""));
  }

  /** On the review screen: chooses which copies are to be found. @returns what it shows then */
  async chooseViews(answer) {
    await this.press("reviewChangeViews");
    await this.at("viewsHeading");
    await this.page.getByLabel(this.say(answer), { exact: true }).check();
    return await this.toReview();
  }

  /** @returns the case key */
  async send() {
    await this.press("send");
    await this.at("receiptHeading");
    return await this.page.locator(".key").first().textContent();
  }

  async finish() {
    await this.page.getByLabel(this.say("receiptSaved"), { exact: true }).check();
    await this.press("finish");
    await this.at("doneHeading");
  }

  /** Opens a case by its key, from the first screen. */
  async openCase(key) {
    await this.press("startCase");
    await this.at("keyHeading");
    await this.page.fill("#case-key", key.toLowerCase());
    await this.press("continue");
    await this.at("caseHeading");
  }

  /** Waits for a sentence on the screen. */
  async reads(key, values) {
    const sentence = this.page.getByText(this.say(key, values), { exact: true }).first();
    await this.#patiently(key, (options) => sentence.waitFor(options));
  }

  // Waits for as long as something goes on: what the screen says, how far it is, what comes over the line.
  async #patiently(what, wait) {
    let [before, since] = ["", performance.now()];
    for (;;) {
      try {
        return await wait({ timeout: LOOK });
      } catch (error) {
        if (error.name !== "TimeoutError") {
          throw error;
        }
      }

      const now = await this.#state();
      if (now !== before) {
        [before, since] = [now, performance.now()];
      } else if (performance.now() - since > PATIENCE) {
        throw new Error(`Waited for ${what}, and nothing went on any more at: ${now.slice(0, 600)}`);
      }

      await this.#tryAgain(what);
    }
  }

  async #state() {
    const lines = (selector, read) => this.page.locator(selector).evaluateAll(read);
    const said = await lines("main h1, main p, main .state", (all) => all.map((one) => one.textContent));
    const done = await lines("main progress", (all) => all.map(({ value }) => value));
    const received = this.requests.reduce((sum, request) => sum + request.received, this.requests.length);
    return JSON.stringify([said, done, received]);
  }

  async #tryAgain(what) {
    const again = this.page.getByRole("button", { name: this.say("tryAgain"), exact: true });
    if (this.#retries < MOST_RETRIES && (await again.isVisible())) {
      this.#retries++;
      console.log(`  "${await this.page.locator("h1").textContent()}" on the way to ${what}: trying again`);
      await again.click({ timeout: LOOK }).catch(() => undefined);
    }
  }

  async close() {
    await this.context.close();
    this.proxy.stop();
  }
}
