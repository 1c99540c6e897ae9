/**
 * One tile as binary glTF: the mesh by gltf-transform, and what that library leaves to its users:
 * feature ids (EXT_mesh_features), the property table, the unlit material.
 * Guarantees: deterministic bytes; validates without errors under the Khronos glTF validator.
 */
import { Document, NodeIO } from '@gltf-transform/core';
import type { Footprint } from './footprint.ts';
import type { Mesh } from './mesh.ts';
import { SCHEMA, tableOf } from './metadata.ts';

export async function glbOf(mesh: Mesh, footprints: readonly Footprint[]): Promise<Uint8Array> {
  const doc = new Document();
  const buffer = doc.createBuffer();
  const accessor = (
    type: 'SCALAR' | 'VEC3' | 'VEC4',
    array: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
    normalized = false,
  ) => doc.createAccessor().setType(type).setArray(array).setNormalized(normalized).setBuffer(buffer);
  const primitive = doc
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', Float32Array.from(mesh.positions)))
    .setAttribute('COLOR_0', accessor('VEC4', Uint8Array.from(mesh.colours), true))
    .setAttribute('_FEATURE_ID_0', accessor('SCALAR', Uint16Array.from(mesh.features)))
    .setIndices(
      accessor(
        'SCALAR',
        mesh.features.length > 65535 ? Uint32Array.from(mesh.indices) : Uint16Array.from(mesh.indices),
      ),
    )
    .setMaterial(
      doc.createMaterial('building').setBaseColorFactor([1, 1, 1, 1]).setMetallicFactor(0).setRoughnessFactor(1),
    );
  const node = doc.createNode().setMesh(doc.createMesh().addPrimitive(primitive));
  doc.getRoot().setDefaultScene(doc.createScene().addChild(node));

  const { json, resources } = await new NodeIO().writeJSON(doc, {});
  const [body = new Uint8Array()] = Object.values(resources);
  const table = tableOf(footprints);
  const views = json.bufferViews ?? [];
  const first = views.length;
  const parts: Uint8Array[] = [body];
  let length = pad(parts, body.length);
  for (const view of table.views) {
    views.push({ buffer: 0, byteOffset: length, byteLength: view.length });
    parts.push(view);
    length = pad(parts, length + view.length);
  }
  json.bufferViews = views;
  json.buffers = [{ byteLength: length }];
  json.extensionsUsed = ['KHR_materials_unlit', 'EXT_mesh_features', 'EXT_structural_metadata'];
  json.extensions = {
    EXT_structural_metadata: {
      schema: SCHEMA,
      propertyTables: [{ class: 'building', count: footprints.length, properties: table.properties(first) }],
    },
  };
  for (const material of json.materials ?? []) material.extensions = { KHR_materials_unlit: {} };
  for (const drawn of json.meshes?.[0]?.primitives ?? []) {
    drawn.extensions = {
      EXT_mesh_features: { featureIds: [{ featureCount: footprints.length, attribute: 0, propertyTable: 0 }] },
    };
  }
  return container(new TextEncoder().encode(JSON.stringify(json)), parts, length);
}

/** Fills up to eight bytes, as property tables want it; answers the new length. */
function pad(parts: Uint8Array[], length: number): number {
  const gap = (8 - (length % 8)) % 8;
  if (gap > 0) parts.push(new Uint8Array(gap));
  return length + gap;
}

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;

function container(text: Uint8Array, parts: readonly Uint8Array[], length: number): Uint8Array {
  const head = Math.ceil(text.length / 4) * 4;
  const out = new Uint8Array(12 + 8 + head + 8 + length);
  const view = new DataView(out.buffer);
  [MAGIC, 2, out.length, head, JSON_CHUNK].forEach((n, i) => view.setUint32(i * 4, n, true));
  out.fill(0x20, 20, 20 + head);
  out.set(text, 20);
  let at = 20 + head;
  view.setUint32(at, length, true);
  view.setUint32(at + 4, BIN_CHUNK, true);
  at += 8;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
