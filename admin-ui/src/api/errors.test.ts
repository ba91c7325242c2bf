import { describe, expect, test } from 'vitest';
import { ApiError } from './errors';

describe('a refusal of the server', () => {
  test('keeps everything that it says', () => {
    const error = new ApiError(400, {
      status: 400,
      code: 'validation_failed',
      message: 'Failed to create record.',
      data: { title: { code: 'validation_required', message: 'Cannot be blank.' }, fields: { 0: { name: { code: 'x', message: 'Taken.' } } } },
      requestId: 'req-1',
    });
    expect(error).toMatchObject({ status: 400, code: 'validation_failed', message: 'Failed to create record.', requestId: 'req-1' });
    expect(error.detail('title')).toBe('Cannot be blank.');
    expect(error.detail('fields.0.name')).toBe('Taken.');
    expect(error.detail('body')).toBeUndefined();
    expect(error.detail('fields')).toBeUndefined();
    expect(error.detailWithin('fields')).toBe('Taken.');
    expect(error.detailWithin('field')).toBeUndefined();
  });

  test.each([undefined, null, 'text', [], {}, { message: '', data: 3 }])('is still readable when its body is %j', (body) => {
    const error = new ApiError(502, body, 'req-2');
    expect(error).toMatchObject({ status: 502, message: 'The server answered 502.', requestId: 'req-2', details: [] });
  });

  test('knows the question for a second factor', () => {
    expect(new ApiError(401, { mfaId: 'abc' }).mfaId).toBe('abc');
    expect(new ApiError(401, {}).mfaId).toBeUndefined();
  });
});
