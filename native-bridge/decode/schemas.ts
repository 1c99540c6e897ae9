/**
 * The contract as JSON Schema, for platform builders in whatever language (D8).
 *
 * Owns: names and texts of the files of `resources/contract/`. Guarantees: made of the very schemas that decode compiles;
 *   the same text whenever the contract is the same. Refuses: anything that is not on the wire.
 */
import type { TSchema } from 'typebox';
import { REPLIES, REQUESTS } from '../contract/requests.ts';
import { Header, STREAMS, VideoHeader } from '../contract/wire.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
export const SCHEMA_END = '.schema.json';

const textOf = (name: string, description: string, schema: TSchema): string =>
  `${JSON.stringify({ $schema: DRAFT, $id: `${name}${SCHEMA_END}`, title: name, description, ...schema }, null, 2)}\n`;

/** File name → its text. */
export function schemaFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const add = (name: string, description: string, schema: TSchema): void => {
    files.set(`${name}${SCHEMA_END}`, textOf(name, description, schema));
  };
  add('header', 'Second frame of an event message, and of a heartbeat (n is 0 there).', Header);
  add('video.header', 'Second frame of a video.frame.<cameraId> message.', VideoHeader);
  for (const [stream, schema] of Object.entries(STREAMS))
    add(stream, `One event of ${stream}; the body of a message is an array of them.`, schema);
  for (const [verb, schema] of Object.entries(REQUESTS))
    add(`request.${verb}`, `Third frame of a request with the verb ${verb}.`, schema);
  for (const [name, schema] of Object.entries(REPLIES)) {
    const [verb = '', status = ''] = name.split('.');
    add(`reply.${name}`, `Third frame of a reply to ${verb} with the status ${status}.`, schema);
  }
  return files;
}
