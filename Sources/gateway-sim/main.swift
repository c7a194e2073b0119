print("gateway-sim")
