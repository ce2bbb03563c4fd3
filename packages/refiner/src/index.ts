export { createReplyParser, type ReplyParser } from './parsing/reply-parser';
