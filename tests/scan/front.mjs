// A proxy as an operator puts one in front: HTTPS, and HTTP that leads there.
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const [port, folder] = process.argv.slice(2);
const files = { key: readFileSync(`${folder}/key.pem`), cert: readFileSync(`${folder}/cert.pem`) };

https
  .createServer(files, (asked, answer) => {
    const headers = { ...asked.headers, "x-forwarded-for": asked.socket.remoteAddress, "x-forwarded-proto": "https" };
    const onward = { host: "127.0.0.1", port, path: asked.url, method: asked.method, headers };
    const inner = http.request(onward, (found) => {
      answer.writeHead(found.statusCode, found.headers);
      found.pipe(answer);
    });
    inner.on("error", () => answer.destroy());
    asked.pipe(inner);
  })
  .listen(443, "127.0.0.1");
http
  .createServer((asked, answer) => {
    answer.writeHead(301, { Location: `https://localhost${asked.url}` }).end();
  })
  .listen(80, "127.0.0.1");
