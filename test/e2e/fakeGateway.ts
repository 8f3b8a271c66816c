import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";

/** Something that answers like a gateway on a port of the config, and a program that stops it, as `openclaw` does. */
export interface FakeGateway {
  /** To be named by the setting `openclawSessions.openclawPath`. */
  readonly program: string;
  /** What the program was called with, in the order of the calls. */
  calls(): readonly (readonly string[])[];
  stop(): Promise<void>;
}

export async function startFakeGateway(stateDir: string): Promise<FakeGateway> {
  const server = createServer((request, response) => {
    if (request.url === "/stop") setTimeout(() => server.close(), 100);
    response.writeHead(200, { "content-type": "application/json", connection: "close" });
    response.end('{"ok":true,"status":"live"}');
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const config = join(stateDir, "openclaw.json");
  writeFileSync(config, readFileSync(config, "utf8").replace(/"port": \d+/, `"port": ${port}`));
  const log = join(dirname(stateDir), "calls.jsonl");
  const program = join(dirname(stateDir), "openclaw");
  const script = [
    `#!${process.execPath}`,
    `require("node:fs").appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + "\\n");`,
    `console.log("openclaw " + process.argv.slice(2).join(" "));`,
    `if (process.argv[3] === "stop") require("node:http").get("http://127.0.0.1:${port}/stop").on("error", () => {});`,
  ];
  writeFileSync(program, script.join("\n"), { mode: 0o755 });
  return {
    program,
    calls: () =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as string[])
        : [],
    stop: async () => {
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
