import { Option } from "commander";
import type { Disposable } from "../core/inspectorPort";
import {
  type CommandSetup,
  positiveNumber,
  shared,
  type SharedOptions,
  withBackupDir,
  withKeepDir,
} from "./commandSetup";
import { explainExamples, listExamples, showExamples, watchExamples } from "./examples";
import { explain } from "./explainCommand";
import { list } from "./listCommand";
import { show } from "./showCommand";
import { tellUnfinished } from "./unfinishedNotice";
import { watch } from "./watchCommand";

/** `list`, `show`, `explain` and `watch`: they change nothing, and tell of a restore that stopped in between. */
export function addReadingCommands(given: CommandSetup): void {
  const run: CommandSetup["run"] = (options, command) =>
    given.run(options, async (inspector, terminal) => {
      const exitCode = await command(inspector, terminal);
      await tellUnfinished(inspector, terminal);
      return exitCode;
    });
  const setup = { ...given, run };
  addList(setup);
  addShow(setup);
  addExplain(setup);
  // It runs until it is stopped: it tells at its start.
  addWatch(given);
}

function addList({ program, run, folded }: CommandSetup): void {
  withKeepDir(withBackupDir(shared(program.command("list"))))
    .summary("list conversations and their windows")
    .description(
      "Lists conversations and, beneath each, the windows that are still on disk, newest first. A window is one stretch of a conversation that the agent remembered as a whole; a reset ends it.",
    )
    .option("--agent <id>", "only this agent")
    .option("--all", "everything: heartbeats, cron runs, sub-agents and all earlier windows too")
    .option("--json", "print one JSON object with everything (see docs/cli.md); --all makes no difference")
    .addHelpText("after", folded(listExamples))
    .action((options: SharedOptions & { agent?: string; all?: true; json?: true }) =>
      run(options, (inspector, terminal) => list(inspector, { all: false, json: false, ...options }, terminal)),
    );
}

function addShow({ program, run, folded, world }: CommandSetup): void {
  withKeepDir(shared(program.command("show")))
    .summary("print a transcript")
    .description("Prints a transcript, oldest entry first.")
    .argument(
      "<what>",
      "session id or its beginning (from 4 characters), window id, session key (its newest window), or file",
    )
    .addOption(new Option("--format <format>", "how to print").choices(["text", "markdown"]).default("text"))
    .option("--all", "long parts in full; without it they are one line with their size")
    .option("--page <number>", "only this page, from 1", positiveNumber)
    .option("--line <number>", "only what line <number> of the file holds, in full", positiveNumber)
    .addHelpText("after", folded(showExamples))
    .action((what: string, options: ShowOptionsOfCommander) =>
      run(options, (inspector, terminal) =>
        show(inspector, what, { all: false, ...options, workingDirectory: world.workingDirectory }, terminal),
      ),
    );
}

function addExplain({ program, run, folded, world }: CommandSetup): void {
  withBackupDir(shared(program.command("explain")))
    .summary("say why conversations were reset")
    .description(
      "Without a name: lists resets, newest first, and what else was found. With one: prints why that conversation or window was cut, with the evidence, what speaks against it, and what is missing.",
    )
    .argument(
      "[what]",
      "session key (all its resets), session id or its beginning (from 4 characters), window id, or file",
    )
    .option("--all", "heartbeats, cron runs and sub-agents too, and all of them; with a name: all reports in full")
    .option("--json", "print one JSON object with everything (see docs/cli.md)")
    .option(
      "--with-text",
      "session keys and names in full, and the words around the reset; without it they are left out",
    )
    .addHelpText("after", folded(explainExamples))
    .action((what: string | undefined, options: ExplainOptionsOfCommander) =>
      run(options, (inspector, terminal) => {
        const { workingDirectory, timeZone } = world;
        return explain(
          inspector,
          what,
          { all: false, json: false, withText: false, ...options, workingDirectory, timeZone },
          terminal,
        );
      }),
    );
}

function addWatch({ program, run, folded, world }: CommandSetup): void {
  withBackupDir(shared(program.command("watch")))
    .summary("tell of every reset as it happens")
    .description(
      "Prints one line for every reset that happens from now on, with the cause that was found, until it is stopped with Ctrl+C or a signal. Where the new session or the cause is known later only, a second line completes the first.",
    )
    .option(
      "--json",
      "one JSON object per line; the same as in `explain --json`, and `update` where it completes an earlier one",
    )
    .option("--with-text", "session keys and names in full")
    .addHelpText("after", folded(watchExamples))
    .action((options: SharedOptions & { json?: true; withText?: true }) =>
      run(options, (inspector, terminal) => {
        const onStop = (listener: () => void): Disposable => world.onStop(listener);
        return watch(
          inspector,
          {
            json: false,
            withText: false,
            ...options,
            onStop,
            now: Date.now,
            timeZone: world.timeZone,
            settleMs: world.settleMs ?? 1_000,
          },
          terminal,
        );
      }),
    );
}

interface ExplainOptionsOfCommander extends SharedOptions {
  readonly all?: true;
  readonly json?: true;
  readonly withText?: true;
}

interface ShowOptionsOfCommander extends SharedOptions {
  readonly format: "text" | "markdown";
  readonly all?: true;
  readonly page?: number;
  readonly line?: number;
}
