import * as l10n from "@vscode/l10n";
import type { CauseKind, ExecutorKind, Origin, Rotation } from "../rotation/rotation";

/** Whose message it was, to stand behind "carried out by". */
export function executorName(kind: ExecutorKind): string {
  switch (kind) {
    case "user-message":
      return l10n.t("the user's message");
    case "command":
      return l10n.t("a command");
    case "heartbeat":
      return l10n.t("a heartbeat");
    case "cron":
      return l10n.t("a cron job");
    case "exec-notice":
      return l10n.t("the notice of a finished command");
    case "system-event":
      return l10n.t("a system event");
    case "inter-session":
      return l10n.t("a message from another session");
    case "rpc":
      return l10n.t("a call of a client");
    case "gateway":
      return l10n.t("the gateway itself");
    case "inspector":
      return l10n.t("the inspector");
    case "unknown":
      return l10n.t("nobody knows whom");
  }
}

/** The same as a sentence of its own. */
export function executorSentence(kind: ExecutorKind): string {
  switch (kind) {
    case "user-message":
      return l10n.t("A message of the user carried it out.");
    case "command":
      return l10n.t("A command carried it out.");
    case "heartbeat":
      return l10n.t("A heartbeat carried it out.");
    case "cron":
      return l10n.t("A cron job carried it out.");
    case "exec-notice":
      return l10n.t("The notice of a finished command carried it out.");
    case "system-event":
      return l10n.t("A system event carried it out.");
    case "inter-session":
      return l10n.t("A message from another session carried it out.");
    case "rpc":
      return l10n.t("A call of a client carried it out.");
    case "gateway":
      return l10n.t("The gateway itself carried it out.");
    case "inspector":
      return l10n.t("OpenClaw Session Inspector carried it out, at the user's request.");
    case "unknown":
      return l10n.t("Nothing tells whose message carried it out.");
  }
}

/** The executor where naming it adds something: who carries out a command is said by the cause already. */
export function executorWorthNaming(rotation: Pick<Rotation, "causes" | "executedBy">): ExecutorKind | undefined {
  const { kind } = rotation.executedBy;
  const cause = rotation.causes[0]?.cause;
  return kind === "unknown" || (cause !== undefined && impliedBy[cause]?.includes(kind)) ? undefined : kind;
}

const impliedBy: Partial<Record<CauseKind, readonly ExecutorKind[]>> = {
  command: ["command", "user-message"],
  rpc: ["rpc"],
  "compaction-failure": ["gateway"],
  "role-conflict": ["gateway"],
  "history-corruption": ["gateway"],
  "memory-flush": ["gateway"],
  "compaction-successor": ["gateway"],
  "checkpoint-restore": ["rpc"],
  deleted: ["rpc", "gateway"],
  pruned: ["gateway"],
  doctor: ["gateway"],
  restored: ["inspector"],
};

/** How sure the first cause is: whether anybody wanted it is as sure as that. */
type Certainty = "sure" | "only" | "first";

/** Whether anybody wanted it. */
export function originSentence({ origin, causes: [first, ...others] }: Pick<Rotation, "origin" | "causes">): string {
  if (first === undefined || first.confidence === "certain") return origins[origin].sure();
  const isRivalled = others.some(({ confidence }) => confidence === first.confidence);
  if (isRivalled) return origins[origin].first();
  return first.confidence === "possible" ? origins[origin].only() : origins[origin].sure();
}

const origins: Readonly<Record<Origin, Readonly<Record<Certainty, () => string>>>> = {
  asked: {
    sure: () => l10n.t("Somebody asked for it."),
    only: () => l10n.t("If so, somebody asked for it."),
    first: () => l10n.t("If it was the first of these, somebody asked for it."),
  },
  configured: {
    sure: () => l10n.t("Nobody asked for it at that moment; it is configured."),
    only: () => l10n.t("If so, nobody asked for it at that moment; it is configured."),
    first: () => l10n.t("If it was the first of these, nobody asked for it at that moment; it is configured."),
  },
  default: {
    sure: () => l10n.t("Nobody asked for it and nobody configured it: OpenClaw does it by default."),
    only: () => l10n.t("If so, nobody asked for it and nobody configured it: OpenClaw does it by default."),
    first: () =>
      l10n.t(
        "If it was the first of these, nobody asked for it and nobody configured it: OpenClaw does it by default.",
      ),
  },
  design: {
    sure: () => l10n.t("It is by design."),
    only: () => l10n.t("If so, it is by design."),
    first: () => l10n.t("If it was the first of these, it is by design."),
  },
  failure: {
    sure: () => l10n.t("Nobody asked for it: something failed."),
    only: () => l10n.t("If so, nobody asked for it: something failed."),
    first: () => l10n.t("If it was the first of these, nobody asked for it: something failed."),
  },
  unknown: { sure: unknownOrigin, only: unknownOrigin, first: unknownOrigin },
};

function unknownOrigin(): string {
  return l10n.t("Whether anybody asked for it cannot be told.");
}
