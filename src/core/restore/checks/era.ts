import * as l10n from "@vscode/l10n";
import { blocker, ok, type PlaceCheck, quoted } from "./check";

/**
 * Where sessions are in tables (2026.7.2-beta.1+), editing the index does nothing, or keeps the gateway from starting (exit code 78; run:
 * 2026.9.6). Told by what is there.
 */
export const checkEra: PlaceCheck = function* ({ stateDir, request }) {
  const { era } = stateDir;
  const database = stateDir.agents.find(({ id }) => id === request.agentId)?.sqlite?.databasePath;
  if (era === "sqlite" || era === "mixed" || database !== undefined) {
    yield blocker(
      "era",
      database === undefined
        ? l10n.t(
            "OpenClaw keeps sessions of this state directory in a database. A changed sessions.json does nothing there, or keeps the gateway from starting.",
          )
        : l10n.t(
            "OpenClaw keeps the sessions of agent {0} in a database ({1}). A changed sessions.json does nothing there, or keeps the gateway from starting.",
            quoted(request.agentId),
            quoted(database),
          ),
      l10n.t(
        "Read the conversation here or export it; OpenClaw itself can fork a conversation from before a reset in its Control UI. Nothing is written into a database.",
      ),
    );
    return;
  }
  if (era === "unknown") {
    yield blocker(
      "era",
      l10n.t("How OpenClaw keeps sessions here cannot be told: the layout of {0} is not known.", quoted(stateDir.path)),
      l10n.t("Read the conversation here or export it; nothing is written into a layout that is not known."),
    );
    return;
  }
  yield ok(
    "era",
    l10n.t("Sessions are in files here (sessions.json and transcripts), as OpenClaw up to 2026.7 keeps them."),
  );
};
