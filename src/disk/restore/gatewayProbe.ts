import * as l10n from "@vscode/l10n";
import type { StateDir } from "../../core/conversation/model";
import { evidence, type Evidence } from "../../core/evidence/evidence";
import type { GatewayFact } from "../../core/restore/gatewayFact";
import type { RowFact } from "../../core/restore/restoreFacts";
import type { LockFact } from "../../core/rotation/rotationFacts";
import { shortened } from "../../core/text/shortened";
import type { OtherGateways } from "./otherGateways";
import { gatewayPorts, type PossiblePort } from "./gatewayPorts";
import { probePort } from "./portProbe";

export interface GatewayLook {
  readonly stateDir: Pick<StateDir, "path" | "realPath" | "configFacts">;
  /** Of this state directory: the gateway's own, and those of sessions and of the index. */
  readonly locks: readonly LockFact[];
  /** They answer on ports, too. */
  readonly others: OtherGateways;
  readonly rows: readonly Pick<RowFact, "key" | "status" | "updatedAt" | "storePath">[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch ms. */
  readonly now: number;
  readonly signal: AbortSignal | undefined;
}

/** A row says `running` while a turn runs; a gateway that was killed leaves it behind. So long it may be true, ms. */
const LONGEST_RUN = 60 * 60 * 1000;

/** So young a lock of a transcript may be held in a container or on another machine, where processes have other numbers. Ms. */
const YOUNG_LOCK = 10 * 60 * 1000;

/**
 * Whether a gateway works on the state directory. A living process that holds a lock decides, whatever a port says; then what
 * answers on its port, on the loopback addresses; what cannot be judged from here is `unknown`, never `no`.
 */
export async function gatewayFact(given: GatewayLook): Promise<GatewayFact> {
  const look = { ...given, locks: [...given.locks, ...given.others.own] };
  const held = look.locks.find(({ alive }) => alive === true);
  if (held !== undefined) {
    return { running: "yes", pid: held.pid, port: held.port ?? portOf(look), evidence: [heldBy(held)] };
  }
  const { elsewhere, anywhere } = look.others;
  const doubts: Evidence[] = [
    ...look.locks.filter(({ alive }) => alive === undefined).map(undecided),
    ...look.locks.filter((lock) => isYoung(lock, look.now)).map(heldElsewhere),
    ...anywhere.map(ofUnknownPlace),
  ];
  const seen: Evidence[] = look.locks.filter((lock) => lock.alive === false && !isYoung(lock, look.now)).map(stale);
  for (const possible of gatewayPorts(look.stateDir, look.locks, look.env)) {
    const answer = await probePort(possible.port, look.signal);
    switch (answer) {
      case "gateway": {
        const owner = elsewhere.find(({ port }) => port === possible.port);
        const mayOwn = [...anywhere, ...elsewhere].find(({ port }) => port === undefined || port === possible.port);
        if (owner !== undefined) seen.push(ofAnother(possible, owner));
        else if (mayOwn !== undefined) doubts.push(perhapsOfAnother(possible, mayOwn));
        else return { running: "yes", pid: undefined, port: possible.port, evidence: [answers(possible)] };
        break;
      }
      case "other":
        doubts.push(anotherProgram(possible));
        break;
      case "silent":
        doubts.push(noAnswer(possible));
        break;
      case "nothing":
        seen.push(nothingThere(possible));
        break;
    }
  }
  const running = look.rows.find(
    ({ status, updatedAt }) => status === "running" && look.now - (updatedAt ?? 0) < LONGEST_RUN,
  );
  if (running !== undefined) doubts.push(saysRunning(running));
  const [first, ...others] = doubts;
  if (first !== undefined) return { running: "unknown", evidence: [first, ...others, ...seen] };
  return { running: "no", evidence: [noLock(look.stateDir.path), ...seen] };
}

function portOf({ stateDir, locks, env }: GatewayLook): number | undefined {
  return gatewayPorts(stateDir, locks, env)[0]?.port;
}

function heldBy({ place, pid, of }: LockFact): Evidence {
  const text =
    of === undefined
      ? l10n.t("The gateway's lock {0} is held by the process {1}, which runs.", place.file, String(pid))
      : l10n.t("{0} is locked by the process {1}, which runs: OpenClaw is working on it.", shortened(of), String(pid));
  return evidence("lock", () => text, place);
}

function undecided({ place }: LockFact): Evidence {
  const text = l10n.t("Whether the process that holds the lock {0} still runs cannot be told from here.", place.file);
  return evidence("lock", () => text, place);
}

function isYoung({ of, alive, since }: LockFact, now: number): boolean {
  return of !== undefined && alive === false && now - (since ?? 0) < YOUNG_LOCK;
}

function heldElsewhere({ place, pid }: LockFact): Evidence {
  const text = l10n.t(
    "The lock {0} was taken within the last ten minutes by a process {1} that does not run here: it was killed, or it runs in a container or on another machine.",
    place.file,
    String(pid),
  );
  return evidence("lock", () => text, place);
}

function ofUnknownPlace({ place, pid }: LockFact): Evidence {
  if (pid === undefined) {
    const text = l10n.t(
      "The lock {0} of a gateway with another config does not say which process holds it. Whether it works on this state directory cannot be told from here.",
      place.file,
    );
    return evidence("lock", () => text, place);
  }
  const text = l10n.t(
    "A gateway runs with another config: the process {0} holds {1}. Whether it works on this state directory cannot be told from here.",
    String(pid),
    place.file,
  );
  return evidence("lock", () => text, place);
}

function stale({ place, pid }: LockFact): Evidence {
  const text = l10n.t("The lock {0} is a leftover: its process {1} runs no more.", place.file, String(pid));
  return evidence("lock", () => text, place);
}

function answers({ port, from }: PossiblePort): Evidence {
  return probed(l10n.t("A gateway answers on port {0} of this machine ({1}).", String(port), from));
}

function ofAnother({ port }: PossiblePort, { place, pid }: LockFact): Evidence {
  return probed(
    l10n.t(
      "The gateway that answers on port {0} is that of another config: the process {1} holds {2}.",
      String(port),
      String(pid),
      place.file,
    ),
  );
}

function perhapsOfAnother({ port }: PossiblePort, { place }: LockFact): Evidence {
  return probed(
    l10n.t(
      "A gateway answers on port {0}. It may be that of another config, which holds {1}; which of the two it is cannot be told from here.",
      String(port),
      place.file,
    ),
  );
}

function anotherProgram({ port, from }: PossiblePort): Evidence {
  return probed(
    l10n.t("Something answers on port {0} of this machine ({1}), but not as a gateway does.", String(port), from),
  );
}

function noAnswer({ port, from }: PossiblePort): Evidence {
  return probed(
    l10n.t("Something listens on port {0} of this machine ({1}) and does not answer in time.", String(port), from),
  );
}

function nothingThere({ port, from }: PossiblePort): Evidence {
  return probed(l10n.t("Nothing listens on port {0} of this machine ({1}).", String(port), from));
}

function saysRunning({ key, storePath }: Pick<RowFact, "key" | "storePath">): Evidence {
  const text = l10n.t("The entry {0} says that a turn was running within the last hour.", shortened(key));
  return evidence("store", () => text, { file: storePath });
}

function noLock(stateDir: string): Evidence {
  const text = l10n.t("No running process holds a lock of {0}.", stateDir);
  return evidence("lock", () => text);
}

function probed(text: string): Evidence {
  return evidence("machine", () => text);
}
