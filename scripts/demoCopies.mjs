// Makes fresh copies of the fixtures in .demo, which is not committed: what opens them may write.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyRecording } from "./copyRecording.mjs";
import { scenarios } from "./scenarios.mjs";

const demo = fileURLToPath(new URL("../.demo", import.meta.url));
rmSync(demo, { recursive: true, force: true });
for (const { name, state } of scenarios()) copyRecording(state, join(demo, name));
