import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { basename, join } from "node:path";
import type { Duplex } from "node:stream";
import { afterEach } from "mocha";
import type { GatewayFact } from "../../../src/core/restore/gatewayFact";
import { restoringIn, restoringRecorded, requestFor, stopping, bytesAndTimes, type Restoring } from "./restoreSandbox";
import { recorded, write } from "../inspectorSandbox";
import { scratch } from "../scratch";

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const gatewayAnswer: RequestListener = (request, response) => {
  assert.equal(`${request.method ?? ""} ${request.url ?? ""}`, "GET /healthz");
  response.setHeader("content-type", "application/json");
  response.end('{"ok":true,"status":"live"}');
};

/** A program that listens on this port of 127.0.0.1; gone after the test. */
async function listenOn(port: number, answer: RequestListener, upgraded?: (socket: Duplex) => void): Promise<void> {
  const server = createServer(answer);
  if (upgraded !== undefined)
    server.on("upgrade", (_request, socket: Duplex) => {
      upgraded(socket);
    });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
}

interface Lock {
  readonly pid: number;
  readonly startTime?: number;
  readonly port?: number;
  readonly createdAt?: string;
}

/** The lock that a gateway with this config has taken; 2026.1.29 hashes the path of its config in another way. */
function lockOf(tmp: string, config: string, lock: Lock, algorithm = "sha256"): string {
  const directory = join(tmp, `openclaw-${String(process.getuid?.())}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `gateway.${createHash(algorithm).update(config).digest("hex").slice(0, 8)}.lock`);
  writeFileSync(file, JSON.stringify({ createdAt: new Date().toISOString(), configPath: config, ...lock }));
  return file;
}

const notFound: RequestListener = (_request, response) => {
  response.statusCode = 404;
  response.end("Not Found");
};

/** Clock ticks since the machine was started, of this very process. */
function ownStart(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
}

function configOfAnother(): string {
  return join(scratch({ "agents/main/sessions/sessions.json": "{}", "openclaw.json": "{}" }), "openclaw.json");
}

async function place(): Promise<Restoring & { readonly tmp: string; readonly config: string }> {
  const tmp = scratch();
  const at = await restoringRecorded("2026.7.35/manual-resets", {
    machine: { tmpDirs: [tmp], uid: process.getuid?.() },
  });
  return { ...at, tmp, config: join(at.stateDir, "openclaw.json") };
}

/** `running`, pid and port, and which kinds of things told so. */
function told(fact: GatewayFact): string {
  const { evidence } = fact;
  for (const { text } of evidence) assert.match(text, /^[A-Z/].*\.$/su);
  return [
    fact.running,
    ...(fact.running === "yes" ? [`pid ${String(fact.pid)}`, `port ${String(fact.port)}`] : []),
    ...evidence.map(({ source }) => source),
  ].join(", ");
}

describe("whether a gateway runs", () => {
  it("no lock, and nothing listens: no", async () => {
    const at = await place();
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "no, lock, machine");
  });

  it("a lock of a living process: yes, whatever the port says; and a restore is refused", async () => {
    const at = await place();
    lockOf(at.tmp, at.config, { pid: process.pid, startTime: ownStart() });
    const { restorer } = at.inspector;
    assert.equal(
      told(await restorer.gateway(at.stateDir)),
      `yes, pid ${String(process.pid)}, port ${String(at.port)}, lock`,
    );
    const before = bytesAndTimes(at.stateDir);
    const planned = await restorer.plan({ ...requestFor(at, /^bdea9c6c/), gatewayIsStopped: true });
    assert.match(stopping(planned.checks).join("\n"), /^blocker gateway: /);
    await assert.rejects(restorer.apply(planned), { name: "RestoreRefused", message: /openclaw gateway stop/ });
    assert.deepEqual(bytesAndTimes(at.stateDir), before);
  });

  it("a lock whose process has gone: no", async () => {
    const at = await place();
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    lockOf(at.tmp, at.config, { pid: gone.pid ?? 0 });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "no, lock, lock, machine");
  });

  it("a lock whose process number another process has now: no", async function () {
    if (process.platform !== "linux") return this.skip();
    const at = await place();
    lockOf(at.tmp, at.config, { pid: process.pid, startTime: ownStart() + 1 });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "no, lock, lock, machine");
  });

  it("a lock that names no process: unknown, and the user's word is asked for", async () => {
    const at = await place();
    writeFileSync(lockOf(at.tmp, at.config, { pid: 1 }), "");
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "unknown, lock, machine");
    const { restorer } = at.inspector;
    const request = requestFor(at, /^bdea9c6c/);
    assert.match(stopping((await restorer.plan(request)).checks).join("\n"), /^confirm gateway: /);
    const confirmed = await restorer.plan({ ...request, gatewayIsStopped: true });
    assert.deepEqual(stopping(confirmed.checks), []);
    assert.equal((await restorer.apply(confirmed)).outcome, "finished");
  });

  it("a gateway that answers on the port of the config: yes", async () => {
    const at = await place();
    await listenOn(at.port, gatewayAnswer);
    assert.equal(
      told(await at.inspector.restorer.gateway(at.stateDir)),
      `yes, pid undefined, port ${String(at.port)}, machine`,
    );
  });

  it("a gateway that answers on a port that only the environment names: yes", async () => {
    const other = await place();
    const at = await restoringRecorded("2026.7.35/manual-resets", {
      env: { OPENCLAW_GATEWAY_PORT: String(other.port) },
    });
    await listenOn(other.port, gatewayAnswer);
    assert.equal((await at.inspector.restorer.gateway(at.stateDir)).running, "yes");
  });

  it("the gateway that answers holds the lock of another config: no", async () => {
    const at = await place();
    lockOf(at.tmp, configOfAnother(), { pid: process.pid, port: at.port });
    await listenOn(at.port, gatewayAnswer);
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "no, lock, machine");
  });

  it("the gateway that answers may be that of another config: unknown", async () => {
    const at = await place();
    lockOf(at.tmp, configOfAnother(), { pid: process.pid });
    await listenOn(at.port, gatewayAnswer);
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "unknown, machine");
  });

  it("a gateway runs with a config that lies in no state directory: unknown", async () => {
    const at = await place();
    lockOf(at.tmp, join(scratch({ "openclaw.json": "{}" }), "openclaw.json"), { pid: process.pid, port: 1 });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "unknown, lock, machine");
  });

  it("the lock of OpenClaw 2026.1.29: yes, whatever the user says", async () => {
    const at = await place();
    const { restorer } = at.inspector;
    lockOf(at.tmp, at.config, { pid: process.pid, startTime: ownStart() }, "sha1");
    assert.equal(told(await restorer.gateway(at.stateDir)), `yes, pid ${String(process.pid)}, port ${String(at.port)}, lock`); // prettier-ignore
    const planned = await restorer.plan({ ...requestFor(at, /^bdea9c6c/), gatewayIsStopped: true });
    assert.match(stopping(planned.checks).join("\n"), /^blocker gateway: /);
  });

  it("a lock of any name that names this config: yes", async () => {
    const at = await place();
    const lock = lockOf(at.tmp, at.config, { pid: process.pid, startTime: ownStart() }, "md5");
    assert.notEqual(basename(lock), basename(lockOf(scratch(), at.config, { pid: 1 })));
    assert.equal((await at.inspector.restorer.gateway(at.stateDir)).running, "yes");
  });

  it("a page of OpenClaw's Control UI answers, as up to 2026.2: yes", async () => {
    const at = await place();
    await listenOn(at.port, (_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(
        "<!doctype html>\n<html><head><title>OpenClaw Control</title></head><body><openclaw-app></openclaw-app>",
      );
    });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), `yes, pid undefined, port ${String(at.port)}, machine`); // prettier-ignore
  });

  it("what knows no such page greets as a gateway does: yes", async () => {
    const at = await place();
    await listenOn(at.port, notFound, (socket) => {
      const greeting = '{"type":"event","event":"connect.challenge","payload":{"nonce":"6f1c","ts":1}}';
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
      socket.write(Buffer.concat([Buffer.from([0x81, greeting.length]), Buffer.from(greeting)]));
    });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), `yes, pid undefined, port ${String(at.port)}, machine`); // prettier-ignore
  });

  it("what greets in another way: unknown", async () => {
    const at = await place();
    await listenOn(at.port, notFound, (socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
      socket.end(Buffer.from([0x81, 2, 0x68, 0x69]));
    });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "unknown, machine");
  });

  it("another program answers: unknown", async () => {
    const at = await place();
    await listenOn(at.port, (_request, response) => {
      response.end("<html>");
    });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "unknown, machine");
  });

  it("something listens and says nothing: unknown, after a second", async () => {
    const at = await place();
    const sockets: { destroy(): void }[] = [];
    const server = createSocketServer((socket) => sockets.push(socket)).listen(at.port, "127.0.0.1");
    await once(server, "listening");
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    assert.equal(told(await at.inspector.restorer.gateway(at.stateDir)), "unknown, machine");
  });

  it("the transcript of a turn is locked by a living process: yes", async () => {
    const stateDir = recorded("2026.7.35/manual-resets");
    const lock = { pid: process.pid, createdAt: new Date().toISOString(), starttime: ownStart() };
    write(stateDir, "agents/main/sessions/7254be28-cf92-4bb8-855b-9c178df59974.jsonl.lock", lock);
    const at = await restoringIn(stateDir);
    assert.equal((await at.inspector.restorer.gateway(at.stateDir)).running, "yes");
  });

  it("a transcript was locked a moment ago by a process that is not here: unknown, later it is a leftover", async () => {
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    const now = Date.now();
    const stateDir = recorded("2026.7.35/manual-resets");
    const lock = { pid: gone.pid, createdAt: new Date(now).toISOString() };
    write(stateDir, "agents/main/sessions/7254be28-cf92-4bb8-855b-9c178df59974.jsonl.lock", lock);
    const at = await restoringIn(stateDir, { now: () => now + 9 * 60_000 });
    assert.equal(told(await at.inspector.restorer.gateway(stateDir)), "unknown, lock, machine");
    const later = await restoringIn(stateDir, { now: () => now + 11 * 60_000 });
    assert.equal(told(await later.inspector.restorer.gateway(stateDir)), "no, lock, lock, machine");
  });

  it("an entry says that a turn runs: unknown within an hour, later it is a leftover", async () => {
    const stateDir = recorded("2026.7.35/manual-resets");
    const now = Date.now();
    const index = join(stateDir, "agents/main/sessions/sessions.json");
    const rows = JSON.parse(readFileSync(index, "utf8")) as Record<string, object>;
    const running = { ...rows["agent:main:main"], status: "running", updatedAt: now };
    writeFileSync(index, JSON.stringify({ ...rows, "agent:main:main": running }));
    const at = await restoringIn(stateDir, { now: () => now + 59 * 60_000 });
    assert.equal(told(await at.inspector.restorer.gateway(stateDir)), "unknown, store, machine");
    const later = await restoringIn(stateDir, { now: () => now + 61 * 60_000 });
    assert.equal(told(await later.inspector.restorer.gateway(stateDir)), "no, lock, machine");
  });
});
