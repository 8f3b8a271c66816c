// A model on loopback that says what a script tells it to: streaming chat completions, and a log of every request.
import { createServer } from "node:http";

/**
 * @typedef {{ text?: string, status?: number, error?: string, delayMs?: number, tool?: { name: string, arguments: object },
 *   inputTokens?: number }} Answer
 * @param {(request: { messages: readonly any[], number: number }) => Answer} answer
 */
export async function startModel(answer) {
  const requests = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      if (request.method === "GET") {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ object: "list", data: [{ id: "fake-1", object: "model" }] }));
        return;
      }
      const body = JSON.parse(Buffer.concat(parts).toString("utf8"));
      requests.push(body);
      const said = answer({ messages: body.messages ?? [], number: requests.length });
      setTimeout(() => send(response, body, said), said.delayMs ?? 0);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

function send(response, body, { text = "Understood.", status = 200, error, tool, inputTokens }) {
  if (status !== 200) {
    response.statusCode = status;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ error: { message: error ?? "scripted failure", type: "invalid_request_error" } }));
    return;
  }
  const usage = {
    prompt_tokens: inputTokens ?? Math.ceil(JSON.stringify(body.messages).length / 4),
    completion_tokens: Math.ceil(text.length / 4),
  };
  usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
  const base = { id: "scripted", object: "chat.completion.chunk", created: 1, model: body.model };
  const delta = tool
    ? {
        role: "assistant",
        tool_calls: [
          {
            index: 0,
            id: `call_${String(Date.now())}`,
            type: "function",
            function: { name: tool.name, arguments: JSON.stringify(tool.arguments) },
          },
        ],
      }
    : { role: "assistant", content: text };
  if (body.stream !== true) {
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        ...base,
        object: "chat.completion",
        choices: [{ index: 0, message: delta, finish_reason: tool ? "tool_calls" : "stop" }],
        usage,
      }),
    );
    return;
  }
  response.setHeader("content-type", "text/event-stream");
  const chunk = (choice, extra = {}) =>
    response.write(`data: ${JSON.stringify({ ...base, choices: choice ? [choice] : [], ...extra })}\n\n`);
  chunk({ index: 0, delta, finish_reason: null });
  chunk({ index: 0, delta: {}, finish_reason: tool ? "tool_calls" : "stop" });
  chunk(undefined, { usage });
  response.end("data: [DONE]\n\n");
}
