import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ListJson, WindowJson } from "../../src/cli/listJson";
import type { ReportJson, RotationJson } from "../../src/core/report/reportJson";
import { CommandLine, corpora } from "./commandLine";

interface Recorded {
  readonly events: readonly { readonly key?: string; readonly newArchives?: readonly string[] }[];
  readonly facts: {
    readonly final: Readonly<
      Record<string, { readonly keys: Readonly<Record<string, { readonly sessionId: string }>> }>
    >;
  };
}

describe("the built command line", () => {
  const cli = new CommandLine();
  before(() => cli.build());
  after(() => {
    cli.dispose();
  });

  describe("list", () => {
    const fileEra = readdirSync(corpora)
      .filter((version) => /^2026\.[3-7]\./.test(version))
      .flatMap((version) => readdirSync(join(corpora, version)).map((name) => `${version}/${name}`))
      .filter((scenario) => existsSync(join(corpora, scenario, "expected.json")));

    it("lists every recorded conversation and every archive under its key, many state directories at once", async () => {
      assert.ok(fileEra.length >= 40);
      const states = fileEra.map((scenario) => ({ scenario, path: cli.copyOf(scenario) }));
      const outcome = await cli.run("list", "--json", ...stateDirs(...states.map(({ path }) => path)));
      assert.equal(outcome.stderr, "");
      const listed = JSON.parse(outcome.stdout) as ListJson;
      assert.deepEqual([listed.schema, listed.stateDirs.map(({ path }) => path)], [1, states.map(({ path }) => path)]);

      for (const [index, { scenario, path }] of states.entries()) {
        const recorded = JSON.parse(readFileSync(join(corpora, scenario, "expected.json"), "utf8")) as Recorded;
        const stateDir = listed.stateDirs[index];
        assert.deepEqual([stateDir?.path, stateDir?.era], [path, "files"], scenario);
        const windows = new Map<string, readonly WindowJson[]>();
        for (const { conversations } of stateDir?.agents ?? []) {
          for (const conversation of conversations) windows.set(conversation.key, conversation.windows);
        }
        for (const { keys } of Object.values(recorded.facts.final)) {
          for (const [key, { sessionId }] of Object.entries(keys)) {
            assert.equal(windows.get(key)?.[0]?.sessionId, sessionId, `${scenario} ${key}`);
          }
        }
        // An archive does not name its key. It may be left without one, and must never stand under another.
        for (const { key, newArchives = [] } of recorded.events) {
          for (const archive of newArchives) {
            const place = [...windows].find(([, list]) => filesOf(list).includes(archive))?.[0];
            const isOrphan = filesOf(stateDir?.agents.flatMap(({ orphans }) => orphans) ?? []).includes(archive);
            assert.ok(
              place === key || (place === undefined && isOrphan),
              `${scenario}: ${archive} under ${place ?? "no key"}`,
            );
          }
        }
      }
    });

    it("has exactly the documented fields, and counts what was recorded", async () => {
      const { stdout } = await cli.run(
        "list",
        "--json",
        "--state-dir",
        cli.copyOf("2026.7.35/manual-resets", "fields"),
      );
      const listed = JSON.parse(stdout) as ListJson;
      const agent = listed.stateDirs[0]?.agents[0];
      const window = agent?.conversations.find(({ key }) => key === "agent:main:main")?.windows[1];
      assert.deepEqual(
        [listed, listed.stateDirs[0], agent, agent?.conversations[0], window].map((value) => Object.keys(value ?? {})),
        [
          ["schema", "stateDirs", "problems"],
          ["path", "era", "version", "agents"],
          ["id", "conversations", "orphans"],
          ["key", "windows"],
          [
            ...[
              "windowId",
              "sessionId",
              "kind",
              "file",
              "bytes",
              "entries",
              "messages",
              "firstAt",
              "lastAt",
              "joinedBy",
            ],
            ...["copies", "problemCount", "problems"],
          ],
        ],
      );
      assert.deepEqual(
        agent?.conversations.map(({ key, windows }) => [
          key,
          windows.map(({ sessionId, kind }) => `${sessionId.slice(0, 8)} ${kind}`),
        ]),
        [
          [
            "agent:main:main",
            ["a32f58af live", "61920df1 reset", "9dbb5e9e reset", "6a9dcfca reset", "bdea9c6c reset"],
          ],
          ["agent:main:telegram:direct:5551234", ["7254be28 live"]],
        ],
      );
      assert.deepEqual(
        agent.orphans.map(({ sessionId, kind }) => `${sessionId.slice(0, 8)} ${kind}`),
        ["0224e676 deleted"],
      );
    });

    it("prints a table for people", async () => {
      const state = cli.copyOf("2026.7.35/daily-reset", "table");
      const { stdout, stderr, code } = await cli.run("list", "--state-dir", state);
      assert.deepEqual([stderr, code], ["", 0]);
      assert.match(
        stdout,
        /^ main\n {3}current .* 9ca826fc\n {3}reset 2026-07-23 09:30 .* 5c36f249\n {3}reset 2026-07-22 08:05 .* 33830170\n/m,
      );
      assert.match(stdout, /^ Telegram · direct chat 5551234\n/m);
      assert.doesNotMatch(stdout, /\u001b/);
    });

    it("names sessions in SQLite, and what cannot be read is a problem", async () => {
      const { stdout, code } = await cli.run(
        "list",
        "--state-dir",
        cli.copyOf("2026.9.6/upgraded-from-7.35", "sqlite"),
      );
      assert.equal(code, 1);
      assert.match(stdout, /SQLite/);
    });

    it("says what is damaged, and exits with 1", async () => {
      const state = cli.stateWith("damaged", {
        "sessions.json": '{"agent:main:main":{"sessionId":"aaaa1111"',
        "aaaa1111.jsonl": '{"type":"session","version":3,"id":"aaaa1111"}\n{"type":"mess',
      });
      const { stdout, code } = await cli.run("list", "--state-dir", state);
      assert.equal(code, 1);
      assert.match(stdout, /The session index ends in the middle of the row agent:main:main, at line 1\./);
    });

    it("lets no escape out of a name or a message", async () => {
      const state = cli.stateWith("hostile", {
        "sessions.json": JSON.stringify({
          "agent:main:\u001b[2J\u202eevil": { sessionId: "aaaa1111", label: "\u001b]0;pwned\u0007\u001b[31mx" },
        }),
        "aaaa1111.jsonl": transcript("aaaa1111", "hello"),
        "\u001b[31m.jsonl": transcript("bbbb2222", "hello"),
      });
      const { stdout } = await cli.run("list", "--all", "--state-dir", state);
      assert.doesNotMatch(stdout, /[\u001b\u0007\u202e]/);
      assert.match(stdout, /␛\[31mx/);
    });

    it("lists each problem once, and counts those beyond the fifty of a file", async () => {
      const damaged = `${transcript("aaaa1111", "hello")}${"{oops\n".repeat(60)}`;
      const state = cli.stateWith("many", { "sessions.json": row("aaaa1111"), "aaaa1111.jsonl": damaged });
      const [json, people] = await Promise.all([
        cli.run("list", "--json", "--state-dir", state),
        cli.run("list", "--state-dir", state),
      ]);
      const window = (JSON.parse(json.stdout) as ListJson).stateDirs[0]?.agents[0]?.conversations[0]?.windows[0];
      assert.ok(window);
      const file = join(state, "agents/main/sessions/aaaa1111.jsonl");
      assert.deepEqual(
        window.problems.map((problem) => [problem.file, problem.line]),
        Array.from({ length: 50 }, (_, n) => [file, n + 3]),
      );
      assert.equal(window.problemCount, 60);
      assert.match(people.stdout, /\n {2}40 more: --json lists up to 50 of each file\.\n$/);
    });

    it("survives a config that was made to annoy, and stays short", async () => {
      const store = Array.from({ length: 40_000 }, (_, n) => `\${A} \${V${String(n)}}`).join("");
      const state = cli.stateWith("endless", { "aaaa1111.jsonl": transcript("aaaa1111", "hello") });
      writeFileSync(join(state, "openclaw.json"), JSON.stringify({ session: { store } }));
      const { stdout, stderr, code } = await cli.run("list", "--json", "--state-dir", state);
      const listed = JSON.parse(stdout) as ListJson;
      const problems = listed.problems.filter((problem) => problem.code.startsWith("config."));
      assert.deepEqual([stderr, code, problems.length], ["", 1, 102]);
      assert.match(problems.at(-2)?.message ?? "", /openclaw\.json that are not listed: 39,901\.$/);
      assert.match(problems.at(-1)?.message ?? "", /^session\.store is [0-9,]+ characters long/);
      assert.ok(stdout.length < 60_000);
    });

    it("gives the same answer to five who ask at once, with nothing cached", async () => {
      const state = cli.copyOf("2026.7.35/manual-resets", "five");
      for (let round = 0; round < 2; round++) {
        const env = { XDG_CACHE_HOME: join(cli.folder, `cache-${String(round)}`) };
        const outcomes = await Promise.all(
          Array.from({ length: 5 }, () => cli.runWith(env, "list", "--json", "--state-dir", state)),
        );
        assert.deepEqual(outcomes, Array(5).fill(outcomes[0]));
        assert.deepEqual([outcomes[0]?.code, outcomes[0]?.stderr], [0, ""]);
      }
    });

    it("leaves the state directory as it was, names, contents and times", async () => {
      const state = cli.copyOf("2026.7.35/trajectory", "untouched");
      const before = fingerprint(state);
      await cli.run("list", "--all", "--state-dir", state);
      await cli.run("show", "main", "--state-dir", state);
      assert.deepEqual(fingerprint(state), before);
    });

    it("ends quietly when its reader goes away", async () => {
      const child = cli.start(["list", "--json", "--all", "--state-dir", join(cli.folder, "states", "2026.7.35")]);
      let stderr = "";
      child.stderr?.on("data", (text: Buffer) => (stderr += String(text)));
      child.stdout?.destroy();
      const [code] = (await once(child, "close")) as [number | null];
      assert.deepEqual([stderr.includes("EPIPE"), stderr.includes("    at "), typeof code], [false, false, "number"]);
    });
  });

  describe("exit codes and usage", () => {
    it("2 and the places looked at, when nothing is found", async () => {
      const { stdout, stderr, code } = await cli.run("list");
      assert.deepEqual([stdout, code], ["", 2]);
      assert.match(stderr, /No OpenClaw state directory was found\. Name one with --state-dir/);
      assert.ok(stderr.includes(join(cli.home, ".openclaw")));
    });

    it("2 and all that is there, when one of the directories named is none", async () => {
      const { stdout, code } = await cli.run(
        "list",
        ...stateDirs(cli.stateWith("good", {}), join(cli.folder, "nowhere")),
      );
      assert.equal(code, 2);
      assert.match(stdout, /states[\\/]good[^\n]*\n[^]*Problems\n.*nowhere, named by --state-dir, does not exist\./);
    });

    it("2 and an empty list as JSON, when nothing is found", async () => {
      const { stdout, code } = await cli.run("list", "--json", "--state-dir", join(cli.folder, "nowhere"));
      const { schema, stateDirs, problems } = JSON.parse(stdout) as ListJson;
      assert.deepEqual([schema, stateDirs, code], [1, [], 2]);
      assert.ok(problems.some(({ message }) => message.includes(join(cli.folder, "nowhere"))));
    });

    const wrong: [words: string[], stderr: RegExp][] = [
      [[], /Usage: openclaw-sessions/],
      [["lst"], /unknown command 'lst'/],
      [["list", "--nonsense"], /unknown option '--nonsense'/],
      [["list", "--state-dir"], /argument missing/],
      [["show"], /missing required argument 'what'/],
      [["show", "x", "--format", "pdf"], /Allowed choices are text, markdown/],
      [["show", "x", "--page", "0"], /number from 1/],
    ];
    for (const [words, stderr] of wrong) {
      it(`2 for: openclaw-sessions ${words.join(" ")}`, async () => {
        const outcome = await cli.run(...words);
        assert.deepEqual([outcome.code, outcome.stdout], [2, ""]);
        assert.match(outcome.stderr, stderr);
      });
    }

    it("0 for help and version", async () => {
      const outcomes = await Promise.all([
        cli.run("--help"),
        cli.run("list", "--help"),
        cli.run("show", "--help"),
        cli.run("--version"),
      ]);
      assert.deepEqual(
        outcomes.map(({ code, stderr }) => [code, stderr]),
        outcomes.map(() => [0, ""]),
      );
      assert.match(outcomes[0].stdout, /Examples:\n {2}openclaw-sessions list\n/);
      assert.match(outcomes[3].stdout, /^\d+\.\d+\.\d+\n$/);
    });
  });

  describe("show", () => {
    const state = () => join(cli.folder, "states", "2026.7.35", "manual-resets");
    const show = (...words: string[]) => cli.run("show", ...words, "--state-dir", state());

    it("finds a transcript by id, beginning of the id, key, window id, file name and path", async () => {
      const listed = JSON.parse((await cli.run("list", "--json", "--state-dir", state())).stdout) as ListJson;
      const window = listed.stateDirs[0]?.agents[0]?.conversations[0]?.windows[0];
      assert.ok(window?.file);
      const words = [
        window.sessionId,
        "a32f58af",
        "agent:main:main",
        "main",
        window.windowId,
        basename(window.file),
        window.file,
      ];
      const outcomes = await Promise.all(words.map((word) => show(word)));
      assert.match(outcomes[0]?.stdout ?? "", /session a32f58af-2f2c-4f14-bbba-7143e76144af/);
      assert.deepEqual(
        outcomes.map(({ stdout, code }) => [stdout === outcomes[0]?.stdout, code]),
        words.map(() => [true, 0]),
      );
    });

    it("prints an archive with its words, as text and as Markdown", async () => {
      const [text, markdown] = await Promise.all([show("bdea9c6c"), show("bdea9c6c", "--format", "markdown")]);
      for (const { stdout } of [text, markdown])
        assert.match(stdout, /Please remember that the release codename is Tamarack\./);
      assert.match(markdown.stdout, /^# main/);
      assert.deepEqual([text.code, markdown.code], [0, 0]);
    });

    it("says which windows a word can mean, and that a word means nothing", async () => {
      const [ambiguous, nothing] = await Promise.all([
        cli.run(
          "show",
          "agent:main:main",
          "--state-dir",
          state(),
          "--state-dir",
          join(cli.folder, "states", "2026.7.35", "basic"),
        ),
        show("nonsense"),
      ]);
      assert.match(
        ambiguous.stderr,
        /"agent:main:main" can mean 2 windows\. Name one of them, or its state directory with --state-dir:\n {2}.*[\\/]a32f58af-.*\.jsonl\n/,
      );
      assert.match(nothing.stderr, /Nothing is known as "nonsense"\./);
      assert.deepEqual([ambiguous.code, nothing.code], [2, 2]);
    });

    it("prints one line of the file in full, one page, and says when there is none", async () => {
      const long = "word ".repeat(20_000).trim();
      const path = cli.stateWith("long", {
        "aaaa1111.jsonl": transcript("aaaa1111", ...Array.from({ length: 12 }, (_, n) => `${String(n)}: ${long}`)),
      });
      const of = (...words: string[]) => cli.run("show", "aaaa1111", "--state-dir", path, ...words);
      const [line, page, all, noLine, noPage] = await Promise.all([
        of("--line", "4"),
        of("--page", "2"),
        of(),
        of("--line", "99"),
        of("--page", "99"),
      ]);
      assert.ok(line.stdout.replace(/↩\n */g, "").includes(`2: ${long.slice(0, 5000)}`));
      assert.deepEqual(
        [/ 11: word/.test(all.stdout), / 0: word/.test(all.stdout), / 0: word/.test(page.stdout)],
        [true, true, false],
      );
      assert.match(noLine.stderr, /The file has only 13 lines\./);
      assert.match(noPage.stderr, /The transcript has only 5 pages\./);
    });

    it("lets no escape out of a transcript", async () => {
      const path = cli.stateWith("escapes", {
        "aaaa1111.jsonl": transcript("aaaa1111", "\u001b[31mred\u001b]0;title\u0007 \u202egnp.exe \u009b2J"),
      });
      for (const format of ["text", "markdown"]) {
        const { stdout } = await cli.run("show", "aaaa1111", "--all", "--format", format, "--state-dir", path);
        assert.doesNotMatch(stdout, /[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
        assert.match(stdout, /␛\[31mred/);
      }
    });

    it("lets no escape out of an error: a name that cannot be read, a word that is not known", async () => {
      const name = "\u001b[31mevil\u001b[0m\u009b2J.jsonl";
      const path = cli.stateWith("unreadable", {
        "sessions.json": JSON.stringify({ "agent:main:main": { sessionId: "aaaa1111", sessionFile: name } }),
      });
      mkdirSync(join(path, "agents/main/sessions", name));
      const outcomes = await Promise.all([
        cli.run("show", "main", "--state-dir", path),
        cli.run("show", name, "--state-dir", path),
        cli.run(name),
        cli.run("list", "--agent", name, "--state-dir", path),
      ]);
      for (const { stderr, code } of outcomes) {
        assert.match(stderr, /evil/);
        assert.doesNotMatch(stderr, /[\0-\x08\x0b-\x1f\x7f-\x9f]/);
        assert.equal(code, 2);
      }
    });

    it("exits as `list` does, whether or not the file was indexed before", async () => {
      const path = cli.stateWith("carriage", {
        "sessions.json": row("aaaa1111"),
        "aaaa1111.jsonl": transcript("aaaa1111", "first", "second").replaceAll("\n", "\r\n"),
      });
      const first = await cli.runWith(
        { XDG_CACHE_HOME: join(cli.folder, "fresh") },
        "show",
        "main",
        "--state-dir",
        path,
      );
      const list = await cli.run("list", "--state-dir", path);
      const again = await cli.run("show", "main", "--state-dir", path);
      assert.deepEqual([first.code, list.code, again.code], [1, 1, 1]);
    });

    it("shows damage where it stands, and exits with 1", async () => {
      const path = cli.stateWith("torn", {
        "aaaa1111.jsonl": `${transcript("aaaa1111", "first", "second")}{"type":"mess`,
      });
      const { stdout, code } = await cli.run("show", "aaaa1111", "--state-dir", path);
      assert.equal(code, 1);
      assert.match(stdout, /first[^]*second[^]*⚠/);
    });

    it("ends quietly when its reader goes away", async () => {
      const path = cli.stateWith("head", {
        "aaaa1111.jsonl": transcript("aaaa1111", ...Array.from({ length: 4000 }, () => "word ".repeat(100))),
      });
      const child = cli.start(["show", "aaaa1111", "--state-dir", path]);
      let stderr = "";
      child.stderr?.on("data", (text: Buffer) => (stderr += String(text)));
      child.stdout?.once("data", () => child.stdout?.destroy());
      const [code] = (await once(child, "close")) as [number | null];
      assert.deepEqual([stderr, code], ["", 0]);
    });
  });

  describe("explain and watch", () => {
    it("says why a recorded conversation was reset, and leaves the state directory as it was", async () => {
      const state = cli.copyOf("2026.3.13/daily-reset", "explained");
      const before = fingerprint(state);
      const listed = await cli.run("explain", "--json", "--state-dir", state);
      const report = await cli.run("explain", "main", "--state-dir", state);
      const { rotations } = JSON.parse(listed.stdout) as ReportJson;
      assert.deepEqual(
        rotations.map(({ key, at, causes }) => [key, at, causes[0]?.cause, causes[0]?.confidence]),
        [
          ["agent:main:main", "2026-04-01T09:30:03.201Z", "daily", "likely"],
          ["agent:main:main", "2026-03-31T08:05:03.372Z", "daily", "likely"],
        ],
      );
      assert.match(report.stdout, /^main was reset on 2026-04-01 at 09:30:03 UTC: daily reset \(likely\)/);
      assert.deepEqual([listed.code, report.code, listed.stderr, report.stderr], [1, 1, "", ""]);
      assert.deepEqual(fingerprint(state), before);
    });

    it("show tells above a current window that it was reset, where the earlier words are, and how to read why", async () => {
      const state = cli.copyOf("2026.3.13/daily-reset", "shown");
      const [current, earlier, found] = await Promise.all([
        cli.run("show", "main", "--state-dir", state),
        cli.run("show", "main", "--page", "2", "--state-dir", state),
        cli.runWith({ OPENCLAW_STATE_DIR: state }, "show", "main"),
      ]);
      const [sentence = "", show = "", explain = "", blank, first] = current.stdout.split("\n");
      assert.match(
        sentence,
        /^main was reset on 2026-04-01 at 09:30:03 UTC: .* \d+ messages before it, and why it was reset:$/,
      );
      assert.match(show, / {2}openclaw-sessions show [0-9a-f]{8} --state-dir /);
      assert.match(explain, / {2}openclaw-sessions explain [0-9a-f]{8} --state-dir /);
      assert.deepEqual([blank, first?.startsWith("main · agent:main:main · current window")], ["", true]);
      assert.doesNotMatch(earlier.stdout, /openclaw-sessions/);
      assert.doesNotMatch(found.stdout, /--state-dir/);
      const [, , command = "", name = ""] = show.split(" ").slice(1);
      const old = await cli.run(command, name, "--state-dir", state);
      assert.equal(old.code, 0);
      assert.doesNotMatch(old.stdout, /openclaw-sessions/);
    });

    it("does not say of a home with sessions in SQLite that nothing was reset", async () => {
      const state = cli.copyOf("2026.9.6/daily-reset", "tables");
      const [table, main] = await Promise.all([
        cli.run("explain", "--state-dir", state),
        cli.run("explain", "main", "--state-dir", state),
      ]);
      assert.match(table.stdout, /^ {2}⚠ The sessions of agent main in .*tables are in SQLite/);
      assert.doesNotMatch(table.stdout, /No conversation was reset/);
      assert.match(main.stderr, /The sessions of agent main in .* are in SQLite[^]*Nothing is known as "main"/);
      assert.deepEqual([table.code, main.code], [1, 2]);
    });

    it("tells of a reset as it happens, and ends cleanly when it is stopped", async () => {
      const state = cli.stateWith("watched", {
        "sessions.json": row("aaaa1111"),
        "aaaa1111.jsonl": transcript("aaaa1111", "hello"),
      });
      const sessions = join(state, "agents/main/sessions");
      const child = cli.start(["watch", "--json", "--state-dir", state]);
      const stdout: string[] = [];
      child.stdout?.setEncoding("utf8").on("data", (text: string) => stdout.push(text));
      const [said] = (await once(child.stderr ?? assert.fail(), "data")) as [Buffer];
      assert.equal(String(said), `Watching 1 conversation in ${state}\n`);

      const stamp = new Date().toISOString().replaceAll(":", "-");
      renameSync(join(sessions, "aaaa1111.jsonl"), join(sessions, `aaaa1111.jsonl.reset.${stamp}`));
      writeFileSync(join(sessions, "bbbb2222.jsonl"), transcript("bbbb2222", "hello again"));
      writeFileSync(join(sessions, "sessions.json"), row("bbbb2222"));
      while (!stdout.join("").includes("\n")) await once(child.stdout ?? assert.fail(), "data");
      child.kill("SIGTERM");
      const [code, signal] = (await once(child, "close")) as [number | null, string | null];
      const { from, archive } = JSON.parse(stdout.join("")) as RotationJson;
      assert.deepEqual(
        [code, signal, from, archive?.file],
        [0, null, "aaaa1111", join(sessions, `aaaa1111.jsonl.reset.${stamp}`)],
      );
    });
  });
});

function fingerprint(directory: string): readonly unknown[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const path = join(directory, name);
      const { mtimeMs, ctimeMs, mode } = statSync(path);
      return [name, mtimeMs, ctimeMs, mode, statSync(path).isFile() ? readFileSync(path, "base64") : ""];
    });
}

function stateDirs(...paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => ["--state-dir", path]);
}

function filesOf(windows: readonly WindowJson[]): readonly string[] {
  return windows
    .flatMap(({ file, copies }) => [file ?? "", ...copies.map((copy) => copy.file)])
    .map((file) => basename(file));
}

/** A session index with the one row `agent:main:main`. */
function row(sessionId: string): string {
  return JSON.stringify({ "agent:main:main": { sessionId } });
}

/** A transcript in which the user says these things. */
function transcript(id: string, ...words: readonly string[]): string {
  const at = (minute: number) => new Date(Date.UTC(2026, 6, 21, 9, minute)).toISOString();
  const lines = [
    { type: "session", version: 3, id, timestamp: at(0), cwd: "/home/dev" },
    ...words.map((text, number) => ({
      type: "message",
      id: `e${String(number)}`,
      parentId: number === 0 ? null : `e${String(number - 1)}`,
      timestamp: at(number),
      message: { role: "user", content: [{ type: "text", text }], timestamp: Date.parse(at(number)) },
    })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
