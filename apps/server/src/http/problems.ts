import { randomUUID } from 'node:crypto';
import { Problem, valueRefused } from '@hengjian/kernel';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

/** Sends a refusal as RFC 9457 problem details. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code, zh, en, errors, more } = problem;
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send({
      type: `/problems/${code}`,
      title: en,
      status,
      code,
      detail: zh,
      detailEn: en,
      ...(errors.length > 0 ? { errors } : {}),
      ...more,
    });
}

/** Every error leaves as a sentence with a stable code; what nobody foresaw is logged under the number that the visitor sees. */
export function installProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new Problem(404, 'no-such-address', '没有这个地址。', 'There is no such address.')),
  );
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) return sendProblem(reply, error);
    const known = translate(error);
    if (known !== undefined) return sendProblem(reply, known);
    const number = randomUUID();
    request.log.error({ err: error, number }, 'unexpected error');
    return sendProblem(
      reply,
      new Problem(
        500,
        'unexpected',
        `系统出错了，没有写入任何内容。错误编号：${number}`,
        `Something went wrong; nothing was written. Error number: ${number}`,
      ),
    );
  });
}

function translate(error: FastifyError): Problem | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new Problem(413, 'too-large', '内容太大。', 'The content is too large.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return new Problem(415, 'wrong-media-type', '不接受这种格式的内容。', 'This kind of content is not accepted.');
    // The file system, or PostgreSQL, has no room left.
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100':
      return new Problem(
        507,
        'disk-full',
        '服务器磁盘已满，没有写入任何内容。所填内容请留在本页，通知系统管理员清理后再试。',
        'The disk of the server is full; nothing was written. Keep this page open, tell the system administrator, and try again later.',
      );
    case '57014':
      return new Problem(
        503,
        'took-too-long',
        '这项查询用时过长，已经停止，没有写入任何内容。请缩小范围后再试。',
        'This took too long and was stopped; nothing was written. Please narrow it down and try again.',
      );
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new Problem(400, 'bad-json', '内容不是有效的 JSON。', 'The content is not valid JSON.');
    default:
      if (/^22[0-9A-Z]{3}$/.test(error.code ?? '')) return valueRefused();
      if (error.code === undefined && /multipart|end of form/i.test(error.message))
        return new Problem(
          400,
          'bad-form',
          '上传的内容不完整，请重新上传。',
          'The form broke off; please send it again.',
        );
      if (error.statusCode === 429)
        return new Problem(
          429,
          'too-many-requests',
          '请求过于频繁，请稍候再试。',
          'Too many requests; please wait a moment.',
        );
      if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
        return new Problem(error.statusCode, 'bad-request', '请求有误。', error.message);
      return undefined;
  }
}
