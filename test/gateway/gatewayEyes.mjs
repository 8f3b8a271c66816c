// What a gateway itself says about its conversations, and what it tells the model.
import { randomUUID } from "node:crypto";

/**
 * @param {Awaited<ReturnType<typeof import("./gateway.mjs").startGateway>>} gateway
 * @param {Awaited<ReturnType<typeof import("./scriptedModel.mjs").startModel>>} model
 */
export function eyesOf(gateway, model) {
  const sessionId = async (key) => {
    const { sessions } = await gateway.call("sessions.list", { limit: 200 });
    return sessions.find((each) => each.key === key)?.sessionId;
  };
  return {
    sessionId,
    /** As text. */
    history: async (key) =>
      JSON.stringify((await gateway.call("chat.history", { sessionKey: key, limit: 200 })).messages),
    /** Sends one more message; gives what the model was told with it, as text. */
    say: async (key) => {
      const mark = `mark-${randomUUID()}`;
      const ended = await gateway.send(key, `What was it called? ${mark}`, 240_000);
      if (ended.state !== "final") throw new Error(`The turn ended as ${ended.state}: ${JSON.stringify(ended)}`);
      const request = model.requests.find(({ messages = [] }) => JSON.stringify(messages).includes(mark));
      if (request === undefined) throw new Error("The model was not asked.");
      return JSON.stringify(request.messages);
    },
  };
}
