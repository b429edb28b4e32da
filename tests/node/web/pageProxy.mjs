// A proxy through which a browser does all it does on the network, so that whatever it asks for is seen.
import { createServer, request as ask } from "node:http";
import { connect } from "node:net";

/** Starts it. What is neither the page's origin nor among `others` is noted and refused. */
export async function startProxy(origin, others = []) {
  const requests = [];
  const known = [origin, ...others].map((address) => new URL(address).host);
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }

    const entry = { method: incoming.method, url: incoming.url, headers: incoming.headers, body: Buffer.concat(chunks) };
    requests.push(Object.assign(entry, { received: 0 }));
    const { host, port, pathname, search, hostname } = new URL(incoming.url);
    if (!known.includes(host)) {
      outgoing.writeHead(502).end();
      return;
    }

    const { "proxy-connection": _, ...headers } = incoming.headers;
    const options = { hostname, port, path: pathname + search, method: incoming.method, headers };
    const call = ask(options, (answer) => {
      entry.head = answer.rawHeaders.join("").length + answer.rawHeaders.length * 2;
      entry.answer = answer.headers;
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      answer.on("data", (chunk) => (entry.received += chunk.length));
      answer.pipe(outgoing);
    });
    call.on("error", () => outgoing.destroy());
    outgoing.on("close", () => call.destroy());
    call.end(entry.body);
  });

  // WebSockets and https ask for a tunnel.
  server.on("connect", (incoming, socket) => {
    requests.push({ method: "CONNECT", url: `tunnel://${incoming.url}/`, headers: incoming.headers, received: 0 });
    socket.on("error", () => {});
    if (!known.includes(incoming.url)) {
      socket.end("HTTP/1.1 502 Refused\r\n\r\n");
      return;
    }

    const [host, port] = incoming.url.split(":");
    const target = connect(port, host, () => socket.write("HTTP/1.1 200 Connected\r\n\r\n"));
    target.on("error", () => socket.destroy());
    target.pipe(socket).pipe(target);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    requests,
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
