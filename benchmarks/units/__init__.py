"""DynamoDB's request units: what each access pattern uses, against the least that it could."""
