// Runs inside VS Code's extension host, called by it as a test runner would be: does one job, writes down what it found.
import { appendFileSync, closeSync, fstatSync, openSync, readSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import * as vscode from "vscode";
import type { Window } from "../../src/core/conversation/model";
import { Command, extensionId, scheme, View } from "../../src/editor/contributions";
import type { TestApi } from "../../src/extension";
import type { Activation, Appends, FirstScreen, Job, Scan } from "./job";
import { watchLoop } from "./loopBlocks";

export async function run(): Promise<void> {
  const job = JSON.parse(process.env["BENCH_JOB"] ?? "") as Job;
  const found = await measure(job);
  writeFileSync(process.env["BENCH_RESULT"] ?? "", JSON.stringify(found));
}

function measure(job: Job): Promise<Activation | FirstScreen | Scan | readonly Appends[] | { textMs: number }> {
  switch (job.kind) {
    case "activation":
      return measureActivation();
    case "firstScreen":
      return measureFirstScreen(job.file, job.profile);
    case "coldOpen":
      return measureColdOpen(job.file);
    case "appends":
      return measureAppends(job.files, job.count);
    case "scan":
      return measureScan(job.stateDir, job.profile);
  }
}

async function measureActivation(): Promise<Activation> {
  await api();
  const left = (globalThis as Readonly<Record<symbol, unknown>>)[Symbol.for("openclawSessions.bench")];
  if (left === undefined) throw new Error("The entry that takes the time was not the one that VS Code called.");
  return left as Activation;
}

/** The tree has just appeared, nothing is counted yet, and the transcript is opened from it. */
async function measureFirstScreen(file: string, profile: string | undefined): Promise<FirstScreen> {
  const { inspector } = await api();
  await vscode.commands.executeCommand(`${View.conversations}.focus`);
  const { windowId } = await windowOf(file);
  const profiler = profile === undefined ? undefined : startProfile(profile);
  const stop = watchLoop();
  const began = performance.now();
  let documentMs = NaN;
  const listener = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
    if (uri.scheme === scheme) documentMs = performance.now() - began;
  });
  await vscode.commands.executeCommand(Command.openTranscript, { file, windowId });
  listener.dispose();
  const document = shownDocument();
  const textMs = performance.now() - began;
  await inspector.whenIndexed();
  const indexedMs = performance.now() - began;
  const counted = (): boolean => /\n· end of the transcript .*\d entries/.test(document.getText().slice(-500));
  const countsMs = (await happens(counted, 5_000)) ? performance.now() - began : undefined;
  const loop = stop();
  await profiler?.();
  return { textMs, documentMs, indexedMs, countsMs, loop };
}

/** The very first thing that happens in a window: "Open as transcript" from the Explorer. */
async function measureColdOpen(file: string): Promise<{ textMs: number }> {
  const began = performance.now();
  await vscode.commands.executeCommand(Command.openAsTranscript, vscode.Uri.file(file));
  shownDocument();
  return { textMs: performance.now() - began };
}

async function measureAppends(files: readonly string[], count: number): Promise<readonly Appends[]> {
  const { inspector } = await api();
  await vscode.commands.executeCommand(`${View.conversations}.focus`);
  for (const file of files) await windowOf(file);
  await inspector.whenIndexed();
  const found: Appends[] = [];
  for (const file of files) {
    const { windowId } = await windowOf(file);
    await vscode.commands.executeCommand(Command.openTranscript, { file, windowId });
    const document = shownDocument();
    const ms: number[] = [];
    const cpuMs: number[] = [];
    let parent = lastEntryId(file);
    for (let at = 0; at < count; at++) {
      // What follows from the entry before (counts, cache) is over when the next one comes, as it is with people.
      await inspector.whenIndexed();
      await pause(150);
      const text = `What comes after the number ${at}, when it is asked in file ${found.length}?`;
      const id = `be${found.length}${String(at).padStart(5, "0")}`;
      const line = entry(text, id, parent);
      parent = id;
      const shown = nextChange(document, text);
      const cpu = process.cpuUsage();
      const began = performance.now();
      appendFileSync(file, line);
      await shown;
      ms.push(performance.now() - began);
      const { user, system } = process.cpuUsage(cpu);
      cpuMs.push((user + system) / 1_000);
    }
    found.push({ file, ms, cpuMs });
  }
  return found;
}

/** The extension is active and its view is open when the directory is added: what starting VS Code costs is not in it. */
async function measureScan(stateDir: string, profile: string | undefined): Promise<Scan> {
  const { inspector } = await api();
  await vscode.commands.executeCommand(`${View.conversations}.focus`);
  await inspector.whenIndexed();
  await pause(3_000);

  const profiler = profile === undefined ? undefined : startProfile(profile);
  const stop = watchLoop();
  const began = performance.now();
  const found = (): boolean => inspector.snapshot.stateDirs.some(({ agents }) => agents.length > 0);
  await vscode.workspace
    .getConfiguration()
    .update("openclawSessions.stateDirectories", [stateDir], vscode.ConfigurationTarget.Global);
  if (!(await happens(found, 120_000))) throw new Error(`${stateDir} was not shown.`);
  const treeMs = performance.now() - began;
  await inspector.whenIndexed();
  const indexedMs = performance.now() - began;
  // The last counts are drawn and the cache is written after that.
  await pause(2_000);
  const loop = stop();
  await profiler?.();

  const stopIdle = watchLoop();
  await pause(Math.min(loop.ms, 15_000));
  return { treeMs, indexedMs, loop, idle: stopIdle() };
}

async function api(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not there.`);
  return extension.activate();
}

async function windowOf(file: string): Promise<Window> {
  const { inspector } = await api();
  const find = (): Window | undefined =>
    inspector.snapshot.stateDirs
      .flatMap(({ agents }) => agents)
      .flatMap(({ conversations, orphans }) => [...conversations.flatMap(({ windows }) => windows), ...orphans])
      .find(({ primary }) => primary?.path === file);
  await happens(() => find() !== undefined, 60_000);
  const window = find();
  if (!window) throw new Error(`${file} is shown nowhere.`);
  return window;
}

function shownDocument(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme !== scheme || !document.getText().includes("· end of the transcript")) {
    throw new Error(`The transcript is not shown:\n${document?.getText().slice(0, 500) ?? "no editor"}`);
  }
  return document;
}

/** Whether it became true in time. Looks whenever the inspector or a document changed. */
async function happens(isTrue: () => boolean, limitMs: number): Promise<boolean> {
  if (isTrue()) return true;
  const { inspector } = await api();
  return new Promise((resolve) => {
    const look = (): void => {
      if (isTrue()) end(true);
    };
    const listeners = [inspector.onDidChange(look), vscode.workspace.onDidChangeTextDocument(look)];
    const timer = setTimeout(() => {
      end(isTrue());
    }, limitMs);
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      resolve(answer);
    };
  });
}

function nextChange(document: vscode.TextDocument, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`An appended entry was not shown within 10 s in ${document.uri.path}.`));
    }, 10_000);
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || !document.getText().includes(text)) return;
      clearTimeout(timer);
      listener.dispose();
      resolve();
    });
  });
}

function entry(text: string, id: string, parentId: string): string {
  const timestamp = new Date().toISOString();
  const message = { role: "user", content: [{ type: "text", text }], timestamp: Date.parse(timestamp) };
  return `${JSON.stringify({ type: "message", id, parentId, timestamp, message })}\n`;
}

function lastEntryId(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const end = Buffer.alloc(Math.min(size, 4_000_000));
    readSync(descriptor, end, 0, end.length, size - end.length);
    const last = end.toString("utf8").trimEnd().split("\n").at(-1) ?? "";
    return (JSON.parse(last) as { id: string }).id;
  } finally {
    closeSync(descriptor);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The result ends it and writes it down, for the developer tools of a browser or of VS Code. */
function startProfile(file: string): () => Promise<void> {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: 500 });
  session.post("Profiler.start");
  return () =>
    new Promise((resolve, reject) => {
      session.post("Profiler.stop", (error, { profile }) => {
        session.disconnect();
        if (error) {
          reject(error);
          return;
        }
        writeFileSync(file, JSON.stringify(profile));
        resolve();
      });
    });
}
