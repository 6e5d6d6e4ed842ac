curl -f -H 'Accept: text/csv' -H "X-SmartToken: $TOKEN" '{address}/analytics/interviews' -o interviews-extract.csv
