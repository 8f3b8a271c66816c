// Stands in for `@vscode/spdlog`, a native module that would need a C++ compiler. VS Code's output channels are files
// that it writes through this interface, so without it every channel would stay empty.

import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const names = ["trace", "debug", "info", "warning", "error", "critical", "off"];

export const version = 0;
export function setLevel() {}
export function setFlushOn() {}

export class Logger {
  #file;
  #limit;
  #level = 2;
  #bare = false;

  constructor(_type, _name, file, limit) {
    this.#file = file;
    this.#limit = limit || Infinity;
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, "");
  }

  trace(text) {
    this.#write(0, text);
  }
  debug(text) {
    this.#write(1, text);
  }
  info(text) {
    this.#write(2, text);
  }
  warn(text) {
    this.#write(3, text);
  }
  error(text) {
    this.#write(4, text);
  }
  critical(text) {
    this.#write(5, text);
  }

  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  setPattern() {
    this.#bare = false;
  }
  /** From here on the caller formats: what it gives is written as it is, without time, level and line end. */
  clearFormatters() {
    this.#bare = true;
  }
  flush() {}
  drop() {}

  #write(level, text) {
    if (level < this.#level) return;
    const line = this.#bare ? text : `${localTime()} [${names[level]}] ${text}\n`;
    try {
      appendFileSync(this.#file, line);
      if (statSync(this.#file).size > this.#limit) renameSync(this.#file, this.#file.replace(/(\.[^.]*)?$/, ".1$1"));
    } catch {
      // A log must not take down what it logs; its folder is a temporary one and may be gone already.
    }
  }
}

export async function createRotatingLogger(name, file, limit, count) {
  return new Logger("rotating", name, file, limit, count);
}
export async function createAsyncRotatingLogger(name, file, limit, count) {
  return new Logger("rotating_async", name, file, limit, count);
}

/** Like `2026-04-21 09:30:00.000`. */
function localTime() {
  const now = new Date();
  const here = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return here.toISOString().slice(0, 23).replace("T", " ");
}
