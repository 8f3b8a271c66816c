import * as l10n from "@vscode/l10n";
import { toldTime } from "../../text/toldTime";
import type { LockFact } from "../../rotation/rotationFacts";
import { blocker, confirm, ok, type PlaceCheck, quoted, someOf, warning, nameOf } from "./check";

/** A run writes its entry of the index back when it ends (2026.1–2026.7), and its transcript while it lasts. */
export const checkRunInProgress: PlaceCheck = function* (facts) {
  const { request, gateway } = facts;
  const isStopped = gateway.running === "no" || (gateway.running === "unknown" && request.gatewayIsStopped);
  // The gateway's own lock is judged with the gateway.
  const locks = facts.locks.filter(({ of }) => of !== undefined);
  const [live, unsure, stale] = [true, undefined, false].map((alive) => locks.filter((lock) => lock.alive === alive));
  const running = facts.rows.filter(({ status }) => status === "running");

  for (const lock of live ?? []) {
    yield blocker(
      "run-in-progress",
      lock.pid === undefined
        ? l10n.t("A run is in progress: {0} locks {1}.", fileOf(lock), ofLock(lock))
        : l10n.t(
            "A run is in progress: {0} locks {1} for process {2}, which lives.",
            fileOf(lock),
            ofLock(lock),
            lock.pid,
          ),
      l10n.t("Wait until it has ended, or stop what runs with `openclaw gateway stop`, then try again."),
    );
  }
  if (unsure !== undefined && unsure.length > 0) {
    const say = isStopped ? warning : confirm;
    yield say(
      "run-in-progress",
      l10n.t("Whether a run is in progress cannot be told: {0}.", someOf(unsure.map(fileOf))),
      isStopped
        ? l10n.t("If an OpenClaw command still works there, wait until it has ended.")
        : l10n.t("Stop the gateway and every OpenClaw command where they run, then confirm that they are stopped."),
    );
  }
  if (stale !== undefined && stale.length > 0) {
    yield ok(
      "run-in-progress",
      l10n.t(
        "Locks were left by processes that have gone: {0}. They are left alone; OpenClaw takes them over.",
        someOf(stale.map(fileOf)),
      ),
    );
  }
  if (running.length > 0) {
    const keys = someOf(running.map(({ key }) => key));
    if (gateway.running === "yes") {
      yield blocker(
        "run-in-progress",
        l10n.t("The index says that a run is in progress: {0}.", keys),
        l10n.t("Wait until it has ended and stop the gateway with `openclaw gateway stop`, then try again."),
      );
    } else if (isStopped) {
      const last = toldTime(Math.max(...running.map(({ updatedAt }) => updatedAt ?? Number.NaN)));
      yield warning(
        "run-in-progress",
        last === undefined
          ? l10n.t("The index says that a run is in progress, but nothing runs any more: {0}.", keys)
          : l10n.t("The index says that a run is in progress since {1}, but nothing runs any more: {0}.", keys, last),
        l10n.t("Nothing has to be done: the run was cut off when its gateway ended."),
      );
    } else {
      yield confirm(
        "run-in-progress",
        l10n.t("The index says that a run is in progress: {0}.", keys),
        l10n.t(
          "Stop the gateway where it runs, then confirm that it is stopped (on the command line: --gateway-is-stopped).",
        ),
      );
    }
  }
  if (locks.length === 0 && running.length === 0) {
    yield ok(
      "run-in-progress",
      l10n.t("No run is in progress: no transcript is locked, and no entry of the index says so."),
    );
  }
};

function fileOf({ place }: LockFact): string {
  return nameOf(place.file);
}

function ofLock({ of }: LockFact): string {
  return quoted(of ?? "");
}
