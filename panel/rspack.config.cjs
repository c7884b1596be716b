// Ids that are hashes would hash the folder of the checkout, too, and differ with it.
module.exports = { optimization: { moduleIds: "named" } };
