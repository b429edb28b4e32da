// What the page's policy lets through to another origin: nothing, neither from the page nor from its worker.
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import { visit } from "./pageVisit.mjs";

// Each way out of a page or worker; what it says of itself is not what counts.
async function reachOut({ tcp, udp }) {
  const address = `http://127.0.0.1:${tcp}/`;
  const tries = {
    fetch: () => fetch(`${address}fetch`, { method: "POST", mode: "no-cors", body: "x" }),
    request: () => {
      const request = new XMLHttpRequest();
      request.open("POST", `${address}request`);
      request.send("x");
    },
    socket: () => void new WebSocket(`ws://127.0.0.1:${tcp}/socket`),
    events: () => void new EventSource(`${address}events`),
    module: () => import(`${address}module.js`),
    transport: () => void new WebTransport(`https://127.0.0.1:${tcp}/`),
  };
  if (typeof document === "object") {
    const add = (name, attributes) => {
      const made = Object.assign(document.createElement(name), attributes);
      document.body.append(made);
      return made;
    };
    Object.assign(tries, {
      beacon: () => navigator.sendBeacon(`${address}beacon`, "x"),
      image: () => add("img", { src: `${address}image` }),
      style: () => add("link", { rel: "stylesheet", href: `${address}style` }),
      prefetch: () => add("link", { rel: "prefetch", href: `${address}prefetch` }),
      frame: () => add("iframe", { src: `${address}frame` }),
      media: () => add("video", { src: `${address}media` }).load(),
      font: () => new FontFace("Other", `url(${address}font)`).load(),
      rtc: async () => {
        const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udp}` }] });
        connection.createDataChannel("x");
        await connection.setLocalDescription(await connection.createOffer());
      },
      form: () => {
        const form = add("form", { action: `${address}form`, method: "post", target: "_self" });
        form.submit();
      },
    });
  }

  for (const name of Object.keys(tries)) {
    try {
      await Promise.race([tries[name](), new Promise((resolve) => setTimeout(resolve, 100))]);
    } catch {
      // Refused at once: as it should be.
    }
  }

  await new Promise((resolve) => setTimeout(resolve, 1000));
}

async function listen() {
  const heard = [];
  const server = createServer((request, response) => {
    heard.push(request.url.slice(1));
    response.writeHead(200, { "access-control-allow-origin": "*" }).end();
  });
  server.on("upgrade", (request, socket) => {
    heard.push("socket");
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const datagrams = createSocket("udp4").on("message", () => heard.push("datagram"));
  await new Promise((resolve) => datagrams.bind(0, "127.0.0.1", resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
    datagrams.close();
  };
  return { heard, ports: { tcp: server.address().port, udp: datagrams.address().port }, stop };
}

/** Tries it. */
export async function tryPolicy({ browser, service, check }) {
  const { heard, ports, stop } = await listen();
  const others = [`http://127.0.0.1:${ports.tcp}`];
  const person = await visit(browser, service.origin, "en", { others });
  try {
    const { page, requests, origin } = person;
    await person.prefetched();
    await page.evaluate(reachOut, ports);
    check("policy: from the page no request reaches another origin", heard.filter((name) => name !== "datagram"), []);
    check("policy: nor WebRTC", heard.filter((name) => name === "datagram"), []);
    heard.length = 0;
    const [worker] = page.workers();
    await worker.evaluate(reachOut, ports);
    const asked = () => requests.map(({ url }) => new URL(url).host).filter((host) => !origin.endsWith(host));
    check("policy: nor from its worker", [...heard, ...asked()], []);
    check("policy: the form led nowhere", new URL(page.url()).origin, origin);

    // The same from a page of no policy, so that what listens is known to hear.
    const free = await person.context.newPage();
    await free.route("http://127.0.0.1:9/", (route) => route.fulfill({ contentType: "text/html", body: "<p>" }));
    const ways = ["fetch", "request", "socket", "beacon", "image", "style", "form", "datagram"];
    const heardAll = () => ways.every((name) => heard.includes(name));
    for (let times = 0; times < 5 && !heardAll(); times++) {
      // Again where the form led away before WebRTC had come to send anything.
      await free.goto("http://127.0.0.1:9/");
      await free.evaluate(reachOut, ports).catch(() => null);
      for (let tries = 0; tries < 30 && !heardAll(); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }

    check("policy: without it each of them would", ways.filter((name) => !heard.includes(name)), []);
  } finally {
    await person.close();
    stop();
  }
}

// Long enough for the browser to look at a form and to ask its maker what that might be.
const ASKING = 3000;

async function typeInto(page, selector) {
  await page.locator(selector).click();
  await page.keyboard.type("ABCD");
  await new Promise((resolve) => setTimeout(resolve, ASKING));
}

/** Tries whether Chrome asks its maker how to fill in the field of the case key, as it does with other fields. */
export async function tryAutofill({ browser, service, check }) {
  const person = await visit(browser, service.origin, "en");
  const strangers = () => person.requests.map(({ url }) => url).filter((url) => !url.startsWith(person.origin));
  try {
    await person.press("startCase");
    await person.at("keyHeading");
    await typeInto(person.page, "#case-key");
    check("autofill: nobody is asked about the field of the case key", strangers(), []);
    await person.page.route("**/plain", (route) =>
      route.fulfill({ contentType: "text/html", body: '<form autocomplete="off"><input id="plain"></form>' }),
    );
    await person.page.goto(`${person.origin}/plain`);
    await typeInto(person.page, "#plain");
    console.log(`  about another field this browser ${strangers().length > 0 ? "asks" : "does not ask either"}`);
  } finally {
    await person.close();
  }
}
