import type { Register } from '@hengjian/kernel';
import { z } from 'zod';

const problem = {
  description: 'Refused: a sentence and a stable code (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** OpenAPI 3.1 of every action and query, derived from the declarations. */
export function openApi(register: Register): Record<string, unknown> {
  const paths: Record<string, unknown> = {};
  for (const lifecycle of register.lifecycles.values())
    for (const action of Object.values(lifecycle.actions)) {
      if (action.by.every((name) => name === 'system')) continue;
      paths[`/api/actions/${lifecycle.entity.name}/${action.name}`] = {
        post: {
          operationId: `${lifecycle.entity.name}.${action.name}`,
          summary: `${action.label.zh} / ${action.label.en}`,
          description: action.basis,
          tags: [lifecycle.entity.name],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['id', 'input', ...(action.from === null ? [] : ['record'])],
                  properties: {
                    id: { type: 'string', format: 'uuid', description: 'Id of the command: repeated, it happens once' },
                    record: { type: 'string', format: 'uuid' },
                    version: { type: 'integer', minimum: 1 },
                    occurredAt: { type: 'string', format: 'date-time' },
                    note: { type: 'string' },
                    input: jsonSchema(action.input),
                    documents: {
                      type: 'array',
                      items: {
                        type: 'object',
                        properties: {
                          kind: { enum: Object.keys(lifecycle.documents) },
                          upload: { type: 'string', format: 'uuid' },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          responses: {
            200: { description: 'Done' },
            201: { description: 'Created' },
            403: problem,
            404: problem,
            409: problem,
            422: problem,
          },
        },
      };
    }
  for (const query of register.queries.values())
    paths[`/api/queries/${query.name}`] = {
      get: {
        operationId: query.name,
        summary: `${query.label.zh} / ${query.label.en}`,
        parameters: Object.entries(
          (jsonSchema(query.input) as { properties?: Record<string, unknown> }).properties ?? {},
        ).map(([name, schema]) => ({ name, in: 'query', schema })),
        responses: { 200: { description: 'Answer' }, 400: problem, 404: problem },
      },
    };
  return {
    openapi: '3.1.0',
    info: { title: 'Hengjian 衡鉴', version: '0.1.0', license: { name: 'Apache-2.0' } },
    paths,
    components: {
      schemas: {
        Problem: {
          type: 'object',
          required: ['status', 'code', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            detailEn: { type: 'string' },
            errors: { type: 'array', items: { type: 'object' } },
          },
        },
      },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'hengjian' } },
    },
  };
}

function jsonSchema(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
