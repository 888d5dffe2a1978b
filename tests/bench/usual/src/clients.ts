/** The clients of AWS, made once per container. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { tracer } from "./powertools.ts";

export const table = process.env.TABLE ?? "";
export const idempotencyTable = process.env.IDEMPOTENCY_TABLE ?? "";
export const secretId = process.env.SECRET_ID ?? "";

export const dynamoDb = tracer.captureAWSv3Client(new DynamoDBClient({}));
export const documents = DynamoDBDocumentClient.from(dynamoDb);
