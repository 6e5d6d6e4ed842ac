curl -H 'Accept: text/csv' -H 'X-SmartToken: {token}' '{address}/analytics/interviews' > interviews-extract.csv
