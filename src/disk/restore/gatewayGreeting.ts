import { randomBytes } from "node:crypto";
import { get } from "node:http";
import type { Duplex } from "node:stream";

/** Milliseconds. */
const TIME_LIMIT = 1_000;
const MOST_BYTES = 4 * 1024;

/**
 * Whether whoever listens greets a WebSocket as a gateway does: its first words are the event `connect.challenge`
 * (2026.1.29–2026.9.6), whatever pages it serves. Nothing is answered.
 */
export function greetsAsGateway(host: string, port: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    let open: Duplex | undefined;
    const end = (isGateway: boolean): void => {
      clearTimeout(timer);
      resolve(isGateway);
      open?.destroy();
      request.destroy();
    };
    const no = (): void => {
      end(false);
    };
    const timer = setTimeout(no, TIME_LIMIT);
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    };
    const request = get({ host, port, path: "/", agent: false, headers, ...(signal && { signal }) }, no);
    request.on("upgrade", (_response, socket, head) => {
      open = socket;
      let text = head.toString("latin1");
      const look = (): void => {
        if (text.includes('"connect.challenge"')) end(true);
        else if (text.length > MOST_BYTES) no();
      };
      socket.on("error", no);
      socket.on("end", no);
      socket.on("data", (piece: Buffer) => {
        text += piece.toString("latin1");
        look();
      });
      look();
    });
    request.on("error", (error) => {
      if (signal?.aborted !== true) {
        no();
        return;
      }
      clearTimeout(timer);
      reject(error);
    });
  });
}
