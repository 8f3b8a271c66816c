import { get } from "node:http";
import { errorCode } from "../readErrors";
import { greetsAsGateway } from "./gatewayGreeting";

/**
 * What answers on a port of this machine: `gateway` like OpenClaw does (`GET /healthz` → `{"ok":true,"status":"live"}`,
 * 2026.3.13–2026.9.6; up to 2026.2 the page of its Control UI; in any version the greeting of its WebSocket), `other` in another
 * way, `silent` not in time, `nothing`: the connection is refused.
 */
export type PortAnswer = "gateway" | "other" | "silent" | "nothing";

/** Milliseconds. */
const TIME_LIMIT = 1_000;
const MOST_ANSWER_BYTES = 16 * 1024;

const loopback = ["127.0.0.1", "::1"] as const;

/** Asks on the loopback addresses only; nothing leaves the machine. The clearest of the answers counts. */
export async function probePort(port: number, signal: AbortSignal | undefined): Promise<PortAnswer> {
  const answers = await Promise.all(loopback.map((host) => whoIsAt(host, port, signal)));
  return (["gateway", "other", "silent"] as const).find((answer) => answers.includes(answer)) ?? "nothing";
}

async function whoIsAt(host: string, port: number, signal: AbortSignal | undefined): Promise<PortAnswer> {
  const answer = await ask(host, port, signal);
  return answer === "other" && (await greetsAsGateway(host, port, signal)) ? "gateway" : answer;
}

function ask(host: string, port: number, signal: AbortSignal | undefined): Promise<PortAnswer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      end("silent");
    }, TIME_LIMIT);
    const request = get(
      { host, port, path: "/healthz", agent: false, headers: { connection: "close" }, ...(signal && { signal }) },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => {
          text += piece;
          if (text.length > MOST_ANSWER_BYTES) end(isControlPage(text) ? "gateway" : "other");
        });
        response.on("end", () => {
          end(isHealth(text) || isControlPage(text) ? "gateway" : "other");
        });
        response.on("error", () => {
          end("other");
        });
      },
    );
    const end = (answer: PortAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      request.destroy();
    };
    request.on("error", (error) => {
      clearTimeout(timer);
      if (signal?.aborted === true) reject(error);
      else resolve(isRefused(error) ? "nothing" : "other");
    });
  });
}

/** `EADDRNOTAVAIL`, `EAFNOSUPPORT`: a machine without IPv6 has no such address. */
function isRefused(error: unknown): boolean {
  return ["ECONNREFUSED", "EADDRNOTAVAIL", "EAFNOSUPPORT", "ENETUNREACH"].includes(errorCode(error) ?? "");
}

function isControlPage(text: string): boolean {
  return text.includes("<title>OpenClaw Control</title>") && text.includes("<openclaw-app");
}

function isHealth(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return false;
    const { ok, status } = value as Readonly<Record<string, unknown>>;
    return typeof ok === "boolean" && typeof status === "string";
  } catch {
    return false; // some other program's page
  }
}
