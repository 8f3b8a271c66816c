import * as l10n from "@vscode/l10n";
import type { GatewayFact } from "../gatewayFact";
import type { RestoreCheck } from "../restoreCheck";
import { blocker, confirm, ok, warning, type PlaceCheck } from "./check";

/**
 * A gateway that works here holds entries of the index in memory while it answers and writes them back (2026.1–2026.7), and from
 * 2026.5.2 on there is no lock that would keep it away.
 */
export const checkGateway: PlaceCheck = ({ gateway, request }) => gatewayChecks(gateway, request.gatewayIsStopped);

/** `isSaidToBeStopped`: the user's word, which counts only where it cannot be told. */
export function* gatewayChecks(gateway: GatewayFact, isSaidToBeStopped: boolean): Generator<RestoreCheck> {
  const because = gateway.evidence.map(({ text }) => text).join(" ");
  switch (gateway.running) {
    case "yes":
      yield running(gateway.pid, gateway.port, because);
      return;
    case "no":
      yield ok("gateway", l10n.t("No gateway works on this state directory. {0}", because));
      return;
    case "unknown":
      if (isSaidToBeStopped) {
        yield warning(
          "gateway",
          l10n.t(
            "You said that the gateway is stopped; whether one works on this state directory cannot be told from here. {0}",
            because,
          ),
          l10n.t(
            "If a gateway does run, on another machine or in a container too, stop it now: it may write over the restore.",
          ),
        );
      } else {
        yield confirm(
          "gateway",
          l10n.t("Whether a gateway works on this state directory cannot be told from here. {0}", because),
          l10n.t(
            "Stop it where it runs, with `openclaw gateway stop`, and then confirm that it is stopped (on the command line: --gateway-is-stopped).",
          ),
        );
      }
  }
}

function running(pid: number | undefined, port: number | undefined, because: string): RestoreCheck {
  return blocker(
    "gateway",
    runningText(pid, port, because),
    l10n.t(
      "Stop it with `openclaw gateway stop`, then try again; start it again afterwards with `openclaw gateway start`.",
    ),
  );
}

function runningText(pid: number | undefined, port: number | undefined, because: string): string {
  if (pid !== undefined) {
    return l10n.t(
      "A gateway works on this state directory (process {0}) and could write over the restore. {1}",
      pid,
      because,
    );
  }
  return port === undefined
    ? l10n.t("A gateway works on this state directory and could write over the restore. {0}", because)
    : l10n.t("A gateway works on this state directory (port {0}) and could write over the restore. {1}", port, because);
}
