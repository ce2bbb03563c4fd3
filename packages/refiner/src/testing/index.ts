export { readReplyCases, type ExpectedTopic, type ReplyCase } from './read-reply-cases';
