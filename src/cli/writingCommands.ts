import { Option } from "commander";
import type { Disposable } from "../core/inspectorPort";
import { type CommandSetup, shared, type SharedOptions, withBackupDir, withKeepDir } from "./commandSetup";
import { keep } from "./keepCommand";
import { recover } from "./recoverCommand";
import { restore } from "./restoreCommand";
import { restores } from "./restoresCommand";
import { undo } from "./undoCommand";
import type { World } from "./world";
import { keepExamples, recoverExamples, restoreExamples, restoresExamples, undoExamples } from "./writingExamples";

/** `restore`, `undo`, `restores`, `recover` and `keep`: the commands that write, and the list of what was written. */
export function addWritingCommands(setup: CommandSetup): void {
  addRestore(setup);
  addUndo(setup);
  addRestores(setup);
  addRecover(setup);
  addKeep(setup);
}

function addRestore({ program, run, folded, world }: CommandSetup): void {
  withKeepDir(withBackupDir(shared(program.command("restore"))))
    .summary("give a conversation back")
    .description(
      "Makes an earlier window the current one of its conversation again. Prints a plan and its checks first and asks. The earlier file stays as it is, and the conversation that is current now is kept.",
    )
    .argument(
      "<what>",
      "session id or its beginning (from 4 characters), window id, file, or session key (its newest earlier window)",
    )
    .option("--dry-run", "print the plan and its checks, change nothing")
    .option("--yes", "do not ask; never overrides a check that stops it")
    .option("--key <key>", "the session key that gets it; needed where nothing tells which one had it")
    .option("--into-new-key", "beside the current conversation, under a key of its own (--key names it)")
    .addOption(
      new Option(
        "--displaced <fate>",
        "what becomes of the conversation that is current now: an archive, or a key of its own",
      )
        .choices(["archive", "new-key"])
        .default("archive"),
    )
    .option("--gateway-is-stopped", "your word for it, where it cannot be told")
    .option("--rehearse", "carry it out on a copy of the sessions, and name the copy")
    .option("--json", "print one JSON object (see docs/cli.md); does not ask")
    .option("--all", "every detail: hashes, backups, the change in sessions.json, checks that found nothing wrong")
    .addHelpText("after", folded(restoreExamples))
    .action((what: string, options: RestoreOptionsOfCommander) =>
      run(options, (inspector, terminal) =>
        restore(
          inspector,
          what,
          {
            ...carriedOut(options, world),
            intoNewKey: options.intoNewKey === true,
            displaced: options.displaced,
            rehearse: options.rehearse === true,
            workingDirectory: world.workingDirectory,
            ...(options.key === undefined ? {} : { key: options.key }),
          },
          terminal,
        ),
      ),
    );
}

function addUndo({ program, run, folded, world }: CommandSetup): void {
  withBackupDir(shared(program.command("undo")))
    .summary("take a restore back")
    .description(
      "Takes back what a restore changed: names, contents and permissions become what they were. Refused where something was changed since; --switch-back then keeps what was said since as an earlier window. Prints a plan first and asks.",
    )
    .argument("[id]", "of the restore, or its beginning (default: the newest one that was not undone)")
    .option("--dry-run", "print the plan and its checks, change nothing")
    .option("--yes", "do not ask; never overrides a check that stops it")
    .option("--switch-back", "keep what was said since as an earlier window, and point the key to what it had before")
    .option("--gateway-is-stopped", "your word for it, where it cannot be told")
    .option("--json", "print one JSON object (see docs/cli.md); does not ask")
    .option("--all", "every detail: hashes, backups, the change in sessions.json, checks that found nothing wrong")
    .addHelpText("after", folded(undoExamples))
    .action((id: string | undefined, options: UndoOptionsOfCommander) =>
      run(options, (inspector, terminal) =>
        undo(inspector, id, { ...carriedOut(options, world), switchBack: options.switchBack === true }, terminal),
      ),
    );
}

function addRestores({ program, run, folded, world }: CommandSetup): void {
  withBackupDir(shared(program.command("restores")))
    .summary("list what was restored and undone")
    .description("Lists every restore, undo and switch ever made, newest first, with what became of it.")
    .option("--all", "those too that were refused before anything was changed")
    .option("--json", "print one JSON object (see docs/cli.md)")
    .addHelpText("after", folded(restoresExamples))
    .action((options: SharedOptions & { all?: true; json?: true }) =>
      run(options, (inspector, terminal) =>
        restores(
          inspector,
          { all: options.all === true, json: options.json === true, timeZone: world.timeZone },
          terminal,
        ),
      ),
    );
}

interface RecoverOptionsOfCommander extends SharedOptions {
  readonly json?: true;
  readonly finish?: true;
  readonly takeBack?: true;
  readonly gatewayIsStopped?: true;
}

function addRecover({ program, run, folded, world }: CommandSetup): void {
  withBackupDir(shared(program.command("recover")))
    .summary("end a restore that was interrupted")
    .description(
      "A restore that was interrupted (the machine went down, the process was killed) is finished or taken back. Without one of the two options it says what there is.",
    )
    .argument("[id]", "of the restore, or its beginning (default: the only unfinished one)")
    .addOption(new Option("--finish", "carry out the rest of its plan").conflicts("takeBack"))
    .option("--take-back", "make everything as it was before it")
    .option("--gateway-is-stopped", "your word that no gateway runs, where that cannot be told from here")
    .option("--json", "print one JSON object (see docs/cli.md)")
    .addHelpText("after", folded(recoverExamples))
    .action((id: string | undefined, options: RecoverOptionsOfCommander) =>
      run(options, (inspector, terminal) => {
        const how = options.finish ? "finish" : options.takeBack ? "take-back" : undefined;
        return recover(
          inspector,
          id,
          {
            ...options,
            json: options.json === true,
            gatewayIsStopped: options.gatewayIsStopped === true,
            how,
            timeZone: world.timeZone,
          },
          terminal,
        );
      }),
    );
}

function addKeep({ program, run, folded, world }: CommandSetup): void {
  withKeepDir(shared(program.command("keep")))
    .summary("copy transcripts out of OpenClaw's reach")
    .description(
      "Copies transcripts, verified, into a folder where OpenClaw does not delete them. They are listed as windows of their conversation and can be restored like archives.",
    )
    .argument(
      "[what...]",
      "session ids or their beginnings, window ids, files, or session keys (their newest earlier window)",
    )
    .option("--all-archives", "every archive that OpenClaw made: of resets, of deleted sessions, from before a cut")
    .option("--list", "list what is kept")
    .option("--json", "print one JSON object (see docs/cli.md)")
    .addHelpText("after", folded(keepExamples))
    .action((what: readonly string[], options: KeepOptionsOfCommander) =>
      run(options, (inspector, terminal) =>
        keep(
          inspector,
          what,
          {
            ...options,
            allArchives: options.allArchives === true,
            list: options.list === true,
            json: options.json === true,
            workingDirectory: world.workingDirectory,
            timeZone: world.timeZone,
          },
          terminal,
        ),
      ),
    );
}

function carriedOut(options: SharedOptions & SwitchesOfCommander, world: World) {
  const { stateDir, backupDir } = options;
  return {
    all: options.all === true,
    dryRun: options.dryRun === true,
    yes: options.yes === true,
    json: options.json === true,
    gatewayIsStopped: options.gatewayIsStopped === true,
    timeZone: world.timeZone,
    onStop: (listener: () => void): Disposable => world.onStop(listener),
    ...(stateDir === undefined ? {} : { stateDir }),
    ...(backupDir === undefined ? {} : { backupDir }),
  };
}

interface SwitchesOfCommander {
  readonly json?: true;
  readonly all?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly gatewayIsStopped?: true;
}

interface RestoreOptionsOfCommander extends SharedOptions, SwitchesOfCommander {
  readonly key?: string;
  readonly intoNewKey?: true;
  readonly displaced: "archive" | "new-key";
  readonly rehearse?: true;
}

interface UndoOptionsOfCommander extends SharedOptions, SwitchesOfCommander {
  readonly switchBack?: true;
}

interface KeepOptionsOfCommander extends SharedOptions {
  readonly allArchives?: true;
  readonly list?: true;
  readonly json?: true;
}
