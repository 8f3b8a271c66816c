import * as l10n from "@vscode/l10n";
import * as path from "node:path";
import type { StateDir } from "../../core/conversation/model";
import type { LockFact } from "../../core/rotation/rotationFacts";

/** A port on which the gateway of a state directory may listen. */
export interface PossiblePort {
  readonly port: number;
  /** A part of a sentence: where the number is from. */
  readonly from: string;
}

/** OpenClaw 2026.1.29–2026.9.6; the profile `dev` has one of its own. */
const DEFAULT_PORT = 18_789;
const DEVELOPMENT_PORT = 19_001;

/** What a lock, the config and the environment say; where the config says nothing, OpenClaw's default. Each port once. */
export function gatewayPorts(
  stateDir: Pick<StateDir, "realPath" | "configFacts">,
  locks: readonly LockFact[],
  env: Readonly<Record<string, string | undefined>>,
): readonly PossiblePort[] {
  const configured = stateDir.configFacts?.gatewayPort?.value;
  const found: PossiblePort[] = locks.flatMap(({ of, port, place }) =>
    of === undefined && port !== undefined ? [{ port, from: place.file }] : [],
  );
  const named = env["OPENCLAW_GATEWAY_PORT"]?.trim() ?? "";
  if (/^\d+$/.test(named)) found.push({ port: Number(named), from: "OPENCLAW_GATEWAY_PORT" });
  if (configured !== undefined) found.push({ port: configured, from: "gateway.port" });
  else {
    const isDevelopment = path.basename(stateDir.realPath) === ".openclaw-dev";
    found.push({ port: isDevelopment ? DEVELOPMENT_PORT : DEFAULT_PORT, from: l10n.t("OpenClaw's default") });
  }
  return found.filter(({ port }, at) => isPort(port) && found.findIndex((other) => other.port === port) === at);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}
