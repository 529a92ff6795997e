// Reads OpenAPI documents, whose paths are the arguments. Prints what is wrong with each, or nothing.
import SwaggerParser from "@apidevtools/swagger-parser";

for (const path of process.argv.slice(2)) {
  try {
    await SwaggerParser.validate(path);
  } catch (error) {
    console.log(`${path}: ${error.message}`);
  }
}
