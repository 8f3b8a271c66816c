import * as l10n from "@vscode/l10n";
import type { SessionFile } from "../conversation/model";
import type { Deadline } from "../findings/retention";
import { firstCause } from "../rotation/rotation";
import { toldTime } from "../text/toldTime";
import { fateOf } from "./archiveFate";
import type { Report } from "./report";
import { type Piece, placePiece, type ReportWriter } from "./reportWriter";
import { momentText } from "./moment";
import { terminalCommand, undoCommand } from "./terminalCommand";

/** What somebody can do who has just lost a conversation: the words, whether they are in danger, and the next time. */
export function writeWhatToDo(writer: ReportWriter, report: Report): void {
  const bullets = [undoBullet(report), wordsBullet(report), dangerBullet(report), preventionBullet(report)];
  writer.heading(l10n.t("What to do now"));
  for (const pieces of bullets) if (pieces) writer.pieces("  • ", pieces);
}

/** Of what the inspector set aside itself: the way back is its receipt, which keeps every byte. */
function undoBullet(report: Report): readonly Piece[] | undefined {
  const { restore } = report.rotation;
  if (restore === undefined) return undefined;
  const nothing = l10n.t("Nothing has to be done: somebody asked for it, and nothing is lost.");
  if (!restore.inForce) return [{ text: nothing }];
  const journal = placePiece(restore.place, report.stateDir.path);
  return report.showHint === "link"
    ? [
        {
          text: l10n.t(
            "Nothing has to be done: somebody asked for it, and nothing is lost. To take it back, choose OpenClaw Sessions: Undo Restore… in the command palette; the receipt is {0}.",
            restore.id,
          ),
        },
        journal,
      ]
    : [
        { text: nothing },
        { text: l10n.t("To take it back, stop the gateway (`openclaw gateway stop`) and type:") },
        { text: `\`${undoCommand(restore.id, report)}\``, whole: true },
        { text: l10n.t("Its receipt:") },
        { ...journal, text: restore.place.file },
      ];
}

function wordsBullet(report: Report): readonly Piece[] | undefined {
  const { from, restore } = report.rotation;
  if (restore !== undefined) return undefined;
  if (from.primary) return wayBack(report, from.primary);
  const gone =
    from.trajectories.length > 0
      ? l10n.t("The transcript is gone; the run trace of the session still holds what was said. Copy it away.")
      : l10n.t("The transcript is gone and was not archived; only a backup of the state directory can bring it back.");
  return [{ text: gone }];
}

function wayBack(report: Report, { path }: SessionFile): readonly Piece[] {
  if (isCurrentAgain(report)) {
    const { broughtBack } = report.rotation;
    if (broughtBack === undefined) {
      return [{ text: l10n.t("What was said before it is current again: the conversation goes on from there.") }];
    }
    const since = l10n.t(
      "What was said before it is current again since the restore of {0}: the conversation goes on from there.",
      momentText(broughtBack.at, report.timeZone),
    );
    return [{ text: since }, placePiece(broughtBack.place, report.stateDir.path)];
  }
  const { era } = report.stateDir;
  if (era === "sqlite" || era === "mixed") {
    const tell = l10n.t("Read the earlier words, and tell the agent again what it has to know.");
    const noWayBack = l10n.t(
      "Putting the conversation back is not possible with this version yet where OpenClaw keeps sessions in SQLite.",
    );
    return [{ text: tell }, { text: noWayBack }];
  }
  const promise = l10n.t("It shows a plan first, keeps the conversation that is current now, and can be undone.");
  if (report.showHint === "link") {
    const restore = l10n.t(
      "To get the conversation back, stop the gateway and choose OpenClaw Sessions: Restore… in the command palette.",
    );
    return [{ text: restore }, { text: promise }];
  }
  return [
    { text: l10n.t("To get the conversation back, stop the gateway (`openclaw gateway stop`) and type:") },
    { text: `\`${terminalCommand("restore", report, path)}\``, whole: true },
    { text: promise },
  ];
}

/** As the conversation is now; the rotation may have been explained before somebody put it back. */
function isCurrentAgain({ rotation: { from }, conversation }: Report): boolean {
  return conversation?.windows.some(({ windowId, kind }) => windowId === from.windowId && kind === "live") ?? false;
}

function dangerBullet(report: Report): readonly Piece[] | undefined {
  const { primary } = report.rotation.from;
  if (!primary || primary.name.kind !== "archive") return undefined;
  const deadline = fateOf(primary, report);
  if (!deadline) {
    return [{ text: l10n.t("The words are in no danger for now: nothing deletes this archive because of its age.") }];
  }
  const sentence = { text: deadlineSentence(deadline, report.now) };
  return report.showHint === "link"
    ? [sentence, { text: l10n.t("OpenClaw Sessions: Keep a Copy does it.") }]
    : [sentence, { text: `\`${terminalCommand("keep", report, primary.path)}\``, whole: true }];
}

function deadlineSentence({ at, retention: { known } }: Deadline, now: number): string {
  const when = toldTime(at) ?? l10n.t("an unknown time");
  if (at <= now) {
    return known
      ? l10n.t("Copy the archive away now: it has been due since {0}, and the next message deletes it.", when)
      : l10n.t(
          "Copy the archive away to be safe: it has been due since {0}, and the next message deletes it if OpenClaw 2026.4.20 to 2026.7.35 runs here.",
          when,
        );
  }
  return known
    ? l10n.t("Copy the archive away in time: the first message after {0} deletes it.", when)
    : l10n.t(
        "Copy the archive away in time: the first message after {0} deletes it if OpenClaw 2026.4.20 to 2026.7.35 runs here.",
        when,
      );
}

function preventionBullet(report: Report): readonly Piece[] | undefined {
  const { rotation, stateDir } = report;
  const cause = firstCause(rotation);
  if (cause === "unknown") {
    return [
      {
        text: l10n.t(
          "To know the next time, let the inspector watch: while it runs it keeps what explains a reset, which OpenClaw's logs lose after a day. The command-logger hook of OpenClaw logs commands.",
        ),
      },
    ];
  }
  if (cause !== "daily" && cause !== "idle") return undefined;
  const policy = rotation.surroundings.policy.find((each) => each[cause]) ?? rotation.surroundings.policy[0];
  const place = policy.isDefault ? undefined : policy.evidence.find((each) => each.place)?.place;
  if (place === undefined) {
    const setting = 'session.reset: { mode: "idle", idleMinutes: 525600 }';
    return [
      {
        text:
          rotation.causes[0]?.confidence === "possible"
            ? l10n.t(
                'If it was that, it does not happen again with `{0}` in openclaw.json: every OpenClaw version takes that for "not for a year".',
                setting,
              )
            : l10n.t(
                'So that it does not happen again, write `{0}` into openclaw.json: every OpenClaw version takes that for "not for a year".',
                setting,
              ),
      },
    ];
  }
  const change =
    cause === "idle"
      ? l10n.t("So that it does not happen again, raise idleMinutes; it is set at")
      : l10n.t(
          'So that it does not happen again, change atHour, or mode to "idle" with a large idleMinutes; it is set at',
        );
  return [{ text: change }, placePiece(place, stateDir.path)];
}
